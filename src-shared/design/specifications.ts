import { z } from 'zod'
import { LabError } from '../protocol/errors'
import { matrixFromRows, type Matrix } from './dataset'
import { checkLayers, networkDesignShape } from './network'
import { finiteNumber, positiveNumber } from './parameters'
import { surrogateSchema } from './surrogate'
import { trainingTimeSchema } from './training-time'

const points = z
  .array(z.array(finiteNumber).min(1, 'a point needs at least one number'))
  .min(1, 'state at least one point')
const label = z.union([z.number(), z.string()], { error: 'a label is a number or a text' })

/** Which kernel: a network design and, where it is trained with one, a surrogate. */
const kernelShape = networkDesignShape.extend({
  surrogate: surrogateSchema.nullish(),
  parametrisation: z
    .literal('ntk', { error: 'kernel theory is that of ntk parametrisation: leave it out' })
    .default('ntk')
})

/** What the command `kernel` reads: kernels of X with itself, or of X (rows) with X2 (columns). */
export const kernelSpecSchema = kernelShape
  .extend({
    X: points,
    X2: points.nullish(),
    /** Only the entries of X[i] with X2[i], or with itself. */
    diagonal: z.boolean('diagonal must be true or false').default(false)
  })
  .superRefine(checkLayers)
export type KernelSpec = z.infer<typeof kernelSpecSchema>

/** What the command `predict` reads: a training task and the times to predict at. */
export const predictSpecSchema = kernelShape
  .extend({
    Xtrain: points,
    /** N×k, or N numbers for one output. */
    ytrain: z.union([points, z.array(finiteNumber).min(1)], {
      error: 'ytrain must be a list of rows of numbers, one row a training point'
    }),
    Xtest: points,
    times: z.array(trainingTimeSchema).min(1, 'state at least one time'),
    /** ρ: weight decay towards the initial parameters, added to the kernel's diagonal. */
    ridge: finiteNumber.min(0, 'ridge must not be negative').default(0)
  })
  .superRefine(checkLayers)
export type PredictSpec = z.infer<typeof predictSpecSchema>

/** What the command `classify` reads. */
export const classifySpecSchema = kernelShape
  .extend({
    Xtrain: points,
    /** N labels, or N rows of one label or of a one-hot code. */
    ytrain: z.union([z.array(label).min(1), z.array(z.array(label).min(1)).min(1)], {
      error: 'ytrain must be a list of labels (−1 and 1, or classes) or of one-hot rows'
    }),
    Xtest: points,
    /** Finite m to compare the limit with. */
    ms: z.array(positiveNumber).default([])
  })
  .superRefine(checkLayers)
export type ClassifySpec = z.infer<typeof classifySpecSchema>

/**
 * Training and test points as matrices.
 *
 * @throws {LabError} 'invalid-request' where rows differ in length or numbers do not match
 */
export function taskPoints({ Xtrain, Xtest, ytrain }: PredictSpec | ClassifySpec): {
  trainInputs: Matrix
  testInputs: Matrix
} {
  const trainInputs = matrixFromRows(Xtrain, 'Xtrain')
  const testInputs = matrixFromRows(Xtest, 'Xtest')
  requireSameDimension(testInputs, 'Xtest', trainInputs, 'Xtrain')
  if (ytrain.length !== trainInputs.rows) {
    throw new LabError(
      'invalid-request',
      `ytrain has ${ytrain.length} entries, but Xtrain has ${trainInputs.rows} points: state one a point`
    )
  }
  return { trainInputs, testInputs }
}

/** @throws {LabError} 'invalid-request' where the points of two sets differ in dimension */
export function requireSameDimension(
  points: Matrix,
  name: string,
  others: Matrix,
  otherName: string
): void {
  if (points.columns === others.columns) return
  throw new LabError(
    'invalid-request',
    `points of ${name} have ${points.columns} numbers, but points of ${otherName} have ${others.columns}`
  )
}
