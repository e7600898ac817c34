import { resolveDataset, type Matrix } from '@shared/design/dataset'
import { largestFilterRatio } from '@shared/studies/filter-ratio'
import { finding, type Finding } from '@shared/studies/finding'
import type { StudyTable } from '@shared/studies/study-report'
import { testError } from '@shared/studies/test-error'
import { asymmetry, combine, shifted } from '@shared/theory/matrix-arithmetic'
import { predictionKernels } from '@shared/theory/prediction-kernels'
import { trainingDynamics } from '@shared/theory/training-dynamics'
import type { StudyPart } from './study-analysis'
import type { RealTask } from './test-error-part'

interface Row {
  readonly tau: number
  readonly stopped: number
  readonly ridge: number
  /** ‖f_τ(T) − f_ρ(T)‖/‖f_τ(T)‖. */
  readonly difference: number
  /** ⟨y, f_τ(X)⟩/⟨y, f_ρ(X)⟩. */
  readonly ratio: number
}

/** To rounding an SG-NTK on points of one norm is symmetric. */
const SYMMETRIC = 1e-12
/** Times a decade. */
const PER_DECADE = 2

/**
 * Stopping gradient flow after the time τ against kernel ridge regression with ρ = 1/τ, with one SG-NTK. Where
 * the kernel is symmetric, each component of eigenvalue λ is learned to the shares 1 − e^(−λτ) and
 * λτ/(1 + λτ), whose ratio lies between 1 and 1.2984.
 */
export function earlyStoppingPart(
  { id, title, networks }: RealTask,
  { from, to }: { readonly from: number; readonly to: number }
): StudyPart {
  return {
    ...{ id: `${id}-ridge`, title: `early stopping and ridge on ${title}`, weight: 2 },
    async compute({ algebra, tables, compute, progress }) {
      const data = resolveDataset(networks.data, tables)
      const error = testError(data)
      const y = data.trainTargets
      const { design, surrogate } = networks
      const { trainTrain: K, testTrain } = await compute(predictionKernels(design, surrogate, data))
      const diagonal = Array.from({ length: K.rows }, (_, i) => K.values[i * K.rows + i] ?? NaN)
      const scale = diagonal.reduce((total, value) => total + value, 0) / K.rows
      const dynamics = trainingDynamics(K, 0, algebra)
      const rows: Row[] = []
      const count = (to - from) * PER_DECADE + 1
      for (let i = 0; i < count; i++) {
        const tau = 10 ** (from + i / PER_DECADE) / scale
        const time = { kind: 'flow', t: tau, eta: 1 } as const
        const { response } = await compute(dynamics.at(time, testTrain))
        const stopped = algebra.multiply(response, y)
        const ridge = algebra.solve(shifted(K, 1 / tau), y)
        if (!ridge) throw new RangeError(`K + ρ is singular at ρ = ${1 / tau}`)
        const [atStop, atRidge] = [stopped, ridge].map((weights) =>
          algebra.multiply(testTrain, weights)
        ) as [Matrix, Matrix]
        const learned = (weights: Matrix): number => dot(y, algebra.multiply(K, weights))
        const gap = combine(1, atStop, -1, atRidge)
        rows.push({
          tau,
          stopped: error.of(atStop.values),
          ridge: error.of(atRidge.values),
          difference: Math.sqrt(dot(gap, gap) / dot(atStop, atStop)),
          ratio: learned(stopped) / learned(ridge)
        })
        progress((i + 1) / count)
      }
      return {
        findings: findings(id, title, rows, asymmetry(K)),
        tables: [table(id, title, error.name, rows)]
      }
    }
  }
}

function findings(
  id: string,
  title: string,
  rows: readonly Row[],
  asymmetryOfKernel: number
): Finding[] {
  const symmetric = asymmetryOfKernel < SYMMETRIC
  const ratios = rows.map(({ ratio }) => ratio)
  const best = (errors: readonly number[]): number => Math.min(...errors)
  const within = (key: string, label: string, value: number): Finding =>
    finding({
      id: `${id}-ratio-${key}`,
      label: `${title}: ${label} of ⟨y, f(X)⟩ stopped at τ over ridge with ρ = 1/τ`,
      value,
      ...(symmetric && {
        expectation: {
          ...{ low: 1 - 1e-9, high: largestFilterRatio() + 1e-9 },
          reason:
            '(1 − e^(−λτ))(1 + λτ)/(λτ) lies there for every eigenvalue λ > 0; 1e-9 for rounding'
        }
      })
    })
  return [
    finding({
      id: `${id}-asymmetry`,
      label: `${title}: asymmetry ‖K − Kᵀ‖/‖K‖ of the SG-NTK on the training points`,
      value: asymmetryOfKernel
    }),
    within('least', 'least ratio', Math.min(...ratios)),
    within('most', 'largest ratio', Math.max(...ratios)),
    finding({
      id: `${id}-best-stopped`,
      label: `${title}: least test error over stopping times`,
      value: best(rows.map(({ stopped }) => stopped))
    }),
    finding({
      id: `${id}-best-ridge`,
      label: `${title}: least test error over ridges`,
      value: best(rows.map(({ ridge }) => ridge))
    }),
    finding({
      id: `${id}-difference`,
      label: `${title}: largest difference of the two functions at test points, ‖f_τ − f_ρ‖/‖f_τ‖`,
      value: Math.max(...rows.map(({ difference }) => difference))
    })
  ]
}

function table(id: string, title: string, errorName: string, rows: readonly Row[]): StudyTable {
  return {
    id: `${id}-ridge`,
    title: `${title}: stopping at τ against ridge with ρ = 1/τ; errors are ${errorName}`,
    columns: ['τ', 'error stopped', 'error of ridge', 'difference', 'ratio of ⟨y, f(X)⟩'],
    rows: rows.map(({ tau, stopped, ridge, difference, ratio }) => [
      ...[tau, stopped, ridge, difference, ratio]
    ])
  }
}

function dot({ values: x }: Matrix, { values: y }: Matrix): number {
  return x.reduce((total, value, i) => total + value * (y[i] ?? NaN), 0)
}
