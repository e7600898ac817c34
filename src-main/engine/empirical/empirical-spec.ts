import { z } from 'zod'
import { matrixFromRows, type Matrix } from '@shared/design/dataset'
import { standInSchema, type StandIn } from '@shared/design/empirical-kernels'
import { checkLayers, networkDesignShape, type NetworkDesign } from '@shared/design/network'
import { finiteNumber, positiveNumber } from '@shared/design/parameters'
import { surrogateSchema, type Surrogate } from '@shared/design/surrogate'
import { LabError } from '@shared/protocol/errors'
import type { Float64Layer } from './float64-network'
import type { Float64Training } from './float64-training'

const row = z.array(finiteNumber).min(1)
const rows = z.array(row).min(1)

/** One finite network, and what to compute of it; `tangent empirical --help` explains the keys. */
export const empiricalSpecSchema = networkDesignShape
  .omit({ depthHidden: true })
  .extend({
    surrogate: surrogateSchema.nullish(),
    /** One entry per affine map: W has a row per output, b a number per output. */
    weights: z
      .array(z.strictObject({ W: rows, b: row }))
      .min(2, 'weights needs two entries or more: one for each hidden layer, and the output'),
    X: rows,
    /** Points of the second argument of the kernels; X where it is left out. */
    X2: rows.optional(),
    /** The first nTrain points of X are trained on. */
    nTrain: z.int('nTrain must be a whole number').min(1).optional(),
    yTrain: rows.optional(),
    /** η of the loss ½ Σ. */
    eta: positiveNumber.optional(),
    /** Step counts after which parameters and outputs are wanted. */
    steps: z.array(z.int('steps must be whole numbers').min(0).max(1_000_000)).default([]),
    dtype: z.enum(['float64', 'float32']).default('float64'),
    standIn: standInSchema.optional()
  })
  .superRefine((spec, context) => {
    checkLayers({ depthHidden: spec.weights.length - 1, layers: spec.layers }, context)
  })
export type EmpiricalSpec = z.infer<typeof empiricalSpecSchema>

/** A specification as the computation takes it. */
export interface EmpiricalTask {
  readonly design: NetworkDesign
  readonly surrogate: Surrogate | null
  readonly standIn: StandIn | null
  /** Units per layer, input to output. */
  readonly sizes: readonly number[]
  readonly layers: readonly Float64Layer[]
  readonly first: Matrix
  readonly second: Matrix | null
  /** null where no steps are asked for. */
  readonly training: Float64Training | null
}

/**
 * Checks that the arrays of a specification fit one another.
 *
 * @throws {LabError} 'invalid-request' naming the array, its size and the one it needs
 */
export function empiricalTask(spec: EmpiricalSpec): EmpiricalTask {
  const first = matrixFromRows(spec.X, 'X')
  const second = spec.X2 ? matrixFromRows(spec.X2, 'X2') : null
  if (second && second.columns !== first.columns) {
    refuse(`points of X2 have ${second.columns} numbers, but points of X have ${first.columns}`)
  }
  const layers = spec.weights.map(({ W, b }, l): Float64Layer => {
    const weights = matrixFromRows(W, `weights[${l}].W`)
    if (b.length !== weights.rows) {
      refuse(
        `weights[${l}].b has ${b.length} numbers, but weights[${l}].W has ${weights.rows} rows: ` +
          'W has a row, and b a number, for each unit'
      )
    }
    return { weights, biases: Float64Array.from(b) }
  })
  const sizes = [first.columns, ...layers.map(({ weights }) => weights.rows)]
  layers.forEach(({ weights }, l) => {
    if (weights.columns === sizes[l]) return
    const source =
      l === 0 ? `points of X have ${sizes[0]} numbers` : `weights[${l - 1}].W has ${sizes[l]} rows`
    refuse(
      `rows of weights[${l}].W have ${weights.columns} numbers, but ${source}: ` +
        'W is outputs × inputs'
    )
  })
  const { activation, sigmaW, sigmaB, outputScale, parametrisation } = spec
  return {
    design: {
      ...{ depthHidden: layers.length - 1, activation, sigmaW, sigmaB, outputScale },
      ...{ parametrisation, layers: spec.layers }
    },
    surrogate: spec.surrogate ?? null,
    standIn: spec.standIn ?? null,
    ...{ sizes, layers, first, second },
    training: trainingOf(spec, first, sizes.at(-1) ?? 0)
  }
}

function trainingOf(
  { nTrain, yTrain, eta, steps }: EmpiricalSpec,
  { values, rows: points, columns }: Matrix,
  outputs: number
): EmpiricalTask['training'] {
  if (steps.length === 0) return null
  if (nTrain === undefined || yTrain === undefined || eta === undefined) {
    return refuse('steps need nTrain, yTrain and eta: what to train on, and how fast')
  }
  if (nTrain > points) refuse(`nTrain is ${nTrain}, but X has ${points} points`)
  const targets = matrixFromRows(yTrain, 'yTrain')
  if (targets.rows !== nTrain) refuse(`yTrain has ${targets.rows} rows, but nTrain is ${nTrain}`)
  if (targets.columns !== outputs) {
    refuse(`rows of yTrain have ${targets.columns} numbers, but the network has ${outputs} outputs`)
  }
  const inputs = { values: values.subarray(0, nTrain * columns), rows: nTrain, columns }
  return { inputs, targets, stepSize: eta, steps }
}

function refuse(message: string): never {
  throw new LabError('invalid-request', message)
}
