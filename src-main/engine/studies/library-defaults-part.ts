import { resolveDataset, type DatasetSpec } from '@shared/design/dataset'
import type { NetworkDesign } from '@shared/design/network'
import { surrogateMath } from '@shared/design/surrogate'
import { surrogatePresets } from '@shared/design/surrogate-presets'
import { finding } from '@shared/studies/finding'
import type { StudyTable } from '@shared/studies/study-report'
import { kernelSummary } from './kernel-summary'
import type { StudyPart } from './study-analysis'

interface Parameters {
  readonly data: DatasetSpec
  readonly design: NetworkDesign
}

/** The SG-NTK with the surrogates of the ecosystem's libraries at their defaults. */
export function libraryDefaultsPart({ data: spec, design }: Parameters): StudyPart {
  return {
    ...{ id: 'library-defaults', title: 'surrogates at libraries’ defaults', weight: 8 },
    async compute({ algebra, tables, compute, progress }) {
      const data = resolveDataset(spec, tables)
      const rows: StudyTable['rows'] = []
      const [areas, steps]: [number[], number[]] = [[], []]
      for (const [i, { title, surrogate }] of surrogatePresets.entries()) {
        const { area, valueAtZero } = surrogateMath(surrogate)
        const summary = await compute(kernelSummary(design, surrogate, data, algebra))
        const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
        rows.push([
          ...[title, finite(area), valueAtZero, summary.diagonal, summary.halfWidth],
          ...[finite(summary.conditionNumber), finite(summary.maximumStepSize)]
        ])
        if (Number.isFinite(area)) areas.push(area)
        if (summary.maximumStepSize > 0) steps.push(summary.maximumStepSize)
        progress((i + 1) / surrogatePresets.length)
      }
      const spread = (values: number[]): number => Math.max(...values) / Math.min(...values)
      return {
        findings: [
          finding({
            id: 'area-spread',
            label: 'largest over smallest area among libraries’ defaults of finite area',
            value: spread(areas)
          }),
          finding({
            id: 'step-size-spread',
            label: 'largest over smallest stable step size among libraries’ defaults',
            value: spread(steps)
          })
        ],
        tables: [
          {
            id: 'library-defaults',
            title: 'The SG-NTK with libraries’ surrogates at their defaults',
            columns: [
              ...['surrogate', 'area', 'ψ(0)', 'K(x, x)', 'half-width [rad]', 'condition'],
              'largest step size'
            ],
            rows
          }
        ]
      }
    }
  }
}
