import { z } from 'zod'
import { quantile } from '@shared/comparison/ensemble-statistics'
import { datasetSchema, resolveDataset, type Dataset, type Matrix } from '@shared/design/dataset'
import { networkDesignSchema } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { localExponent } from '@shared/studies/extrapolation'
import { finding, type Finding } from '@shared/studies/finding'
import {
  classificationLimit,
  decisions,
  finitePredictor,
  type ClassificationTask
} from '@shared/theory/classification'
import { defineStudy, type StudyPart } from './study-analysis'

const taskSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  data: datasetSchema,
  /** sign or erf at every layer: their m grows. */
  design: networkDesignSchema,
  /** erf_prime, whose m grows; null for training with the true derivative. */
  surrogate: surrogateSchema.nullable()
})

const parametersSchema = z.strictObject({
  /** m = 10, 100, …, 10^decades. */
  decades: z.int().min(3).max(6),
  tasks: z.array(taskSchema).min(1)
})
type Task = z.output<typeof taskSchema>

/**
 * Classification by infinitely sharp steps: the predictor of erf_m networks trained to the end tends,
 * scaled with m^L, to a Nadaraya–Watson estimate with the singular kernel (arXiv 2405.15539).
 */
export const nadarayaWatson = defineStudy(
  'nadaraya-watson',
  parametersSchema,
  ({ tasks, decades }) => tasks.map((task) => taskPart(task, decades))
)

/** The predictor at one m against the limit. */
interface AtM {
  readonly m: number
  /** Share of test points that both put into the same class. */
  readonly agreement: number
  /** Share of test points in the right class. */
  readonly accuracy: number
  /** Median |m^L f_∞ − limit| over the median |limit|. */
  readonly error: number
}

function taskPart({ id, title, design, surrogate, data: spec }: Task, decades: number): StudyPart {
  return {
    ...{ id, title, weight: 1 },
    async compute({ algebra, tables, compute, progress }) {
      const data = resolveDataset(spec, tables)
      const targets = asClasses(data.trainTargets)
      const task: ClassificationTask = {
        ...{ design, surrogate, targets, train: data.trainInputs, test: data.testInputs }
      }
      const { score } = await compute(classificationLimit(task))
      const limit = decisions(score)
      const truth = trueClasses(data)
      const rows: AtM[] = []
      for (let decade = 1; decade <= decades; decade++) {
        const m = 10 ** decade
        const { scaled } = await compute(finitePredictor(task, m, algebra))
        const found = decisions(scaled)
        rows.push({
          m,
          agreement: share(found, limit),
          accuracy: share(found, truth),
          error: relativeError(scaled, score)
        })
        progress(decade / decades)
      }
      const accuracy = share(limit, truth)
      const withoutSurrogate = surrogate && classificationLimit({ ...task, surrogate: null })
      const same = withoutSurrogate && decisions((await compute(withoutSurrogate)).score)
      return {
        findings: [
          ...findings(id, title, rows, accuracy),
          ...(same ? [sameClassifier(id, title, share(limit, same))] : [])
        ],
        tables: [
          {
            id,
            title: `${title}: the predictor at m against its Nadaraya–Watson limit`,
            columns: ['m', 'same class as the limit', 'right class', 'error of m^L f_∞'],
            rows: [
              ...rows.map(({ m, agreement, accuracy: right, error }) => [
                m,
                agreement,
                right,
                error
              ]),
              ['∞', 1, accuracy, 0]
            ]
          }
        ]
      }
    }
  }
}

function findings(id: string, title: string, rows: readonly AtM[], accuracy: number): Finding[] {
  const [before, last] = rows.slice(-2)
  const [earlier, later] = [before?.error ?? NaN, last?.error ?? NaN]
  return [
    finding({
      id: `${id}-agreement`,
      label: `${title}: share of test points in the limit’s class at m = ${last?.m ?? NaN}`,
      value: last?.agreement ?? NaN,
      expectation: { low: before?.agreement ?? NaN, high: 1, reason: 'decisions settle as m grows' }
    }),
    finding({
      id: `${id}-error`,
      label: `${title}: relative error of m^L f_∞ at m = ${last?.m ?? NaN}, median`,
      value: later,
      expectation: { low: null, high: earlier, reason: 'smaller than a decade of m before' }
    }),
    finding({
      id: `${id}-rate`,
      label: `${title}: exponent in m of that error over the last decade`,
      value: localExponent(earlier, later, 10)
    }),
    finding({ id: `${id}-accuracy`, label: `${title}: accuracy of the limit`, value: accuracy })
  ]
}

function sameClassifier(id: string, title: string, value: number): Finding {
  return finding({
    id: `${id}-same-classifier`,
    label: `${title}: share of test points in the class of the limit without surrogate`,
    value,
    expectation: { low: 1, high: 1, reason: 'the surrogate multiplies all c_i with 2^(L/2)' }
  })
}

/** Targets of a single column by their sign, so that any function can be classified. */
function asClasses(targets: Matrix): Matrix {
  return targets.columns === 1 ? { ...targets, values: targets.values.map(Math.sign) } : targets
}

/** The classes of the test points, as `decisions` states them. */
function trueClasses({ testTargets }: Dataset): number[] {
  return testTargets ? decisions(testTargets) : []
}

function share(found: readonly number[], wanted: readonly number[]): number {
  return found.filter((one, i) => one === wanted[i]).length / found.length
}

/** Points at which the limit is infinite, training points, are left out. */
function relativeError(scaled: Matrix, limit: Matrix): number {
  const finite = [...limit.values.keys()].filter((i) => Number.isFinite(limit.values[i]))
  const gaps = finite.map((i) => Math.abs((scaled.values[i] ?? NaN) - (limit.values[i] ?? NaN)))
  return (
    quantile(gaps, 0.5) /
    quantile(
      finite.map((i) => Math.abs(limit.values[i] ?? NaN)),
      0.5
    )
  )
}
