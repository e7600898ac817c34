import { z } from 'zod'
import { datasetSchema, resolveDataset, type Dataset } from '@shared/design/dataset'
import { matrixRow, norm } from '@shared/design/matrix'
import type { NetworkDesign } from '@shared/design/network'
import { positiveNumber, finiteNumber } from '@shared/design/parameters'
import { localExponent, richardson } from '@shared/studies/extrapolation'
import { about, finding, type Finding } from '@shared/studies/finding'
import { sharpened, type Sharpened } from '@shared/studies/sharpening'
import type { StudyTable } from '@shared/studies/study-report'
import { halfWidth } from '@shared/theory/regularisation'
import { kernelPieces } from '@shared/theory/kernels'
import { singularLimit } from '@shared/theory/singular-limit'
import { networkKernelsPart } from './network-kernels-part'
import { defineStudy, type StudyPart } from './study-analysis'
import { studyExperimentSchema } from './study-experiment'

const parametersSchema = z.strictObject({
  data: datasetSchema,
  sigmaW: positiveNumber,
  sigmaB: finiteNumber.min(0),
  depths: z.array(z.int().min(1).max(10)).min(1),
  /** m = 1 … 10^decades, so many a decade. */
  decades: z.int().min(2).max(6),
  perDecade: z.int().min(1).max(10),
  networks: studyExperimentSchema
})
type Parameters = z.output<typeof parametersSchema>

/**
 * The NTK of erf_m networks for m → ∞ (arXiv 2405.15539, theorem on the singular limit): infinite on
 * the diagonal, finite off it, so that gradient descent and kernel regression lose their meaning.
 */
export const illPosedness = defineStudy('ill-posedness', parametersSchema, (parameters) => [
  ...parameters.depths.map((depth) => depthPart(parameters, depth)),
  networkKernelsPart({
    id: 'networks',
    title: 'kernels of erf networks of finite width',
    weight: 20,
    experiment: parameters.networks,
    kernelName: 'NTK',
    // The sharper the step, the wider a network must be for its kernel to stay: that is the point.
    expectsConstancy: false
  })
])

function depthPart(parameters: Parameters, depth: number): StudyPart {
  return {
    id: `depth-${depth}`,
    title: `the NTK of erf_m at depth ${depth}`,
    weight: 1,
    async compute({ algebra, tables, compute, progress }) {
      const { sigmaW, sigmaB, perDecade } = parameters
      const data = resolveDataset(parameters.data, tables)
      const design: NetworkDesign = {
        depthHidden: depth,
        activation: { name: 'sign', theta: 0 },
        ...{ sigmaW, sigmaB, outputScale: 1, parametrisation: 'ntk' }
      }
      const limit = singularLimit(design, null)
      const { ntk } = await compute(kernelPieces(limit.signDesign, null, data.trainInputs, null))
      const ms = Array.from(
        { length: parameters.decades * perDecade + 1 },
        (_, i) => 10 ** (i / perDecade)
      )
      const rows: Sharpened[] = []
      const widths: (number | null)[] = []
      for (const m of ms) {
        rows.push(await compute(sharpened(limit, ntk, depth, m, data, algebra)))
        widths.push(halfWidth(limit.smoothed(m).design, null, 1))
        progress(rows.length / ms.length)
      }
      const between = pointsBetween(data)
      const squares = (value: (i: number) => number): number =>
        between.reduce((total, i) => total + value(i) ** 2, 0) / between.length
      const target = (i: number): number => data.testTargets?.values[i] ?? NaN
      const regression = rows.map(({ predictor: { values } }) => ({
        size: Math.sqrt(squares((i) => values[i] ?? NaN)),
        error: squares((i) => (values[i] ?? NaN) - target(i)) / squares(target)
      }))
      const series = { rows, widths, between: regression }
      return { findings: findings(depth, perDecade, series), tables: [table(depth, series)] }
    }
  }
}

/** What was computed at one depth, one entry each for every m. */
interface Series {
  readonly rows: readonly Sharpened[]
  /** Half-widths of the kernel in radians; null where it has none. */
  readonly widths: readonly (number | null)[]
  /** Regression between the training points: root mean square, and squared error over the target's. */
  readonly between: readonly { readonly size: number; readonly error: number }[]
}

/** The test points that are at least half as far from all training points as the farthest one. */
function pointsBetween({ trainInputs, testInputs }: Dataset): number[] {
  const distances = Array.from({ length: testInputs.rows }, (_, i) => {
    const test = matrixRow(testInputs, i)
    return Array.from({ length: trainInputs.rows }, (_, j) => {
      const train = matrixRow(trainInputs, j)
      return norm(test.map((value, k) => value - (train[k] ?? NaN)))
    }).reduce((least, distance) => Math.min(least, distance), Infinity)
  })
  const farthest = Math.max(...distances)
  return [...distances.keys()].filter((i) => (distances[i] ?? 0) >= farthest / 2)
}

function findings(depth: number, perDecade: number, { rows, widths, between }: Series): Finding[] {
  const last = rows.length - 1
  const at = (decadesBack: number): number => last - decadesBack * perDecade
  const m = rows[last]?.m ?? NaN
  /** The exponent over the last decade, extrapolated from it and the one before. */
  const exponent = (value: (i: number) => number) => {
    const local = (from: number, to: number) => localExponent(value(at(from)), value(at(to)), 10)
    return richardson(local(2, 1), local(1, 0), 10)
  }
  const power = (
    id: string,
    label: string,
    value: (i: number) => number,
    expected: number,
    reason: string
  ): Finding => {
    const { value: found, error } = exponent(value)
    const expectation = about(expected, error, `${reason}; ± what extrapolation to 1/m = 0 adds`)
    return finding({
      id: `${id}-depth-${depth}`,
      label: `${label}, depth ${depth}`,
      value: found,
      expectation
    })
  }
  const ratio = richardson(rows[at(1)]?.diagonalRatio ?? NaN, rows[last]?.diagonalRatio ?? NaN, 10)
  return [
    power(
      'diagonal-exponent',
      'exponent of the diagonal in m',
      (i) => rows[i]?.diagonal ?? NaN,
      depth,
      'every layer multiplies the diagonal by (2σ_w²/π) m/√S (1 + O(1/m))'
    ),
    finding({
      id: `diagonal-constant-depth-${depth}`,
      label: `diagonal over m^L c, extrapolated to 1/m = 0, depth ${depth}`,
      value: ratio.value,
      expectation: about(1, ratio.error, 'closed form c = S₁ Π (2σ_w²/π)/√S_l')
    }),
    finding({
      id: `off-diagonal-error-depth-${depth}`,
      label: `largest error of the limit off the diagonal at m = ${m}, relative, depth ${depth}`,
      value: rows[last]?.offDiagonalError ?? NaN,
      expectation: {
        low: null,
        high: rows[at(1)]?.offDiagonalError ?? NaN,
        reason: 'the limit exists off the diagonal: smaller than a decade of m before'
      }
    }),
    power(
      'step-size-exponent',
      'exponent of the largest stable step size in m',
      (i) => rows[i]?.maximumStepSize ?? NaN,
      -depth,
      '2/λmax, and K/m^L tends to a diagonal matrix'
    ),
    finding({
      id: `condition-depth-${depth}`,
      label: `condition number extrapolated to 1/m = 0, depth ${depth}`,
      ...(() => {
        const [earlier, later] = [rows[at(1)], rows[last]].map((row) => row?.conditionNumber ?? NaN)
        const { value, error } = richardson(earlier ?? NaN, later ?? NaN, 10)
        const reason = 'max c/min c, 1 for points of one norm: it is not conditioning that fails'
        return { value, expectation: about(1, error, reason) }
      })()
    }),
    power(
      'spike-height-exponent',
      'exponent in m of the regression between training points',
      (i) => between[i]?.size ?? NaN,
      -depth,
      'm^L f_∞ tends to the Nadaraya–Watson sum: regression vanishes between spikes'
    ),
    ...(widths.slice(at(2)).every((width) => width !== null && width > 1e-8)
      ? [
          power(
            'half-width-exponent',
            'exponent of the kernel’s half-width in m',
            (i) => widths[i] ?? NaN,
            -(depth + 1) / 2,
            'erf_m stretches small distances by √m a layer, and the last layer resolves 1/m'
          )
        ]
      : []),
    finding({
      id: `error-between-depth-${depth}`,
      label: `mean squared error between training points over that of f = 0, at m = ${m}, depth ${depth}`,
      value: between[last]?.error ?? NaN
    })
  ]
}

function table(depth: number, { rows, widths, between }: Series): StudyTable {
  return {
    id: `sharpening-depth-${depth}`,
    title: `The NTK of erf_m networks and regression with it, depth ${depth}`,
    columns: [
      ...['m', 'mean diagonal', 'diagonal/(m^L c)', 'off-diagonal error', 'λmin'],
      ...['condition', 'largest step size', 'half-width [rad]', 'rms f between', 'error between']
    ],
    rows: rows.map((row, i) => [
      ...[row.m, row.diagonal, row.diagonalRatio, row.offDiagonalError, row.smallestEigenvalue],
      ...[row.conditionNumber, row.maximumStepSize, widths[i] ?? null],
      ...[between[i]?.size ?? null, between[i]?.error ?? null]
    ])
  }
}
