import { resolveDataset, type DatasetSpec } from '@shared/design/dataset'
import type { NetworkDesign } from '@shared/design/network'
import { surrogateMath, type Surrogate } from '@shared/design/surrogate'
import { finding, type Finding } from '@shared/studies/finding'
import type { StudyTable } from '@shared/studies/study-report'
import { kernelSummary, type KernelSummary } from './kernel-summary'
import type { StudyPart } from './study-analysis'
import { shaped, shapeNames, type ShapeName } from './surrogate-shapes'

/** The area that matches the jump of sign. */
export const MATCHED_AREA = 2

interface Parameters {
  readonly data: DatasetSpec
  readonly design: NetworkDesign
  readonly height: number
  readonly factor: number
}

interface Row {
  readonly shape: ShapeName
  readonly area: number
  readonly height: number
  readonly surrogate: Surrogate
  readonly summary: KernelSummary
}

/**
 * Which property of a surrogate matters: shapes from no tail to a heavy one at one area and one ψ(0), and
 * each of these shapes with its width, or its height, changed by a factor.
 */
export function surrogatePropertiesPart(parameters: Parameters): StudyPart {
  const { height, factor, design } = parameters
  /** Area and ψ(0): as they are; narrower at the same area; higher at the same width. */
  const settings = [
    [MATCHED_AREA, height],
    [MATCHED_AREA, height * factor],
    [MATCHED_AREA * factor, height * factor]
  ] as const
  return {
    ...{ id: 'properties', title: 'width, area and tail of surrogates', weight: 3 },
    async compute({ algebra, tables, compute, progress }) {
      const data = resolveDataset(parameters.data, tables)
      const rows: Row[] = []
      for (const [area, value] of settings) {
        for (const shape of shapeNames) {
          const surrogate = shaped(shape, area, value)
          const summary = await compute(kernelSummary(design, surrogate, data, algebra))
          rows.push({ shape, area, height: value, surrogate, summary })
          progress(rows.length / (settings.length * shapeNames.length))
        }
      }
      return { findings: findings(rows, factor), tables: [table(rows)] }
    }
  }
}

function findings(rows: readonly Row[], factor: number): Finding[] {
  const [matched, narrower, higher] = [0, 1, 2].map((setting) =>
    rows.slice(setting * shapeNames.length, (setting + 1) * shapeNames.length)
  ) as [Row[], Row[], Row[]]
  const own = (other: Row[]): number =>
    average(matched.map((row, i) => distance(row, other[i] ?? row)))
  const pairs = matched.flatMap((row, i) =>
    matched.slice(0, i).map((other) => distance(row, other))
  )
  const [shape, width, area] = [average(pairs), own(narrower), own(higher)]
  const label = 'rms difference of what is learned at the end of training'
  return [
    finding({
      id: 'shape-effect',
      label: `${label}: shapes of one area and one ψ(0)`,
      value: shape
    }),
    finding({
      id: 'width-effect',
      label: `${label}: ${factor} times narrower, same area`,
      value: width
    }),
    finding({
      id: 'area-effect',
      label: `${label}: ${factor} times higher, same width`,
      value: area
    }),
    finding({
      id: 'width-over-area',
      label: 'effect of the width over that of the height',
      value: width / area
    }),
    finding({
      id: 'width-over-shape',
      label: 'effect of the width over that of the shape',
      value: width / shape
    })
  ]
}

function table(rows: readonly Row[]): StudyTable {
  return {
    id: 'properties',
    title:
      'Surrogates of equal area and ψ(0), narrower, and higher: the SG-NTK and what is learned',
    columns: [
      ...['shape', 'area', 'ψ(0)', 'noise k(0)', 'K(x, x)', 'half-width [rad]', 'condition'],
      ...['largest step size', 'rms difference to erf′']
    ],
    rows: rows.map((row, i) => {
      const { shape, height, surrogate, summary } = row
      const reference = rows[i - (i % shapeNames.length)] ?? row
      const { area } = surrogateMath(surrogate)
      return [
        ...[shape, area, height, area ** 2 / (2 * Math.PI * height ** 2), summary.diagonal],
        ...[summary.halfWidth, summary.conditionNumber, summary.maximumStepSize],
        distance(row, reference)
      ]
    })
  }
}

/** Root mean square difference of two predictors over the test points. */
function distance(x: Row, y: Row): number {
  const [first, second] = [x.summary.predictor, y.summary.predictor]
  if (!first || !second) return NaN
  const squares = first.reduce((total, value, i) => total + (value - (second[i] ?? NaN)) ** 2, 0)
  return Math.sqrt(squares / first.length)
}

function average(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}
