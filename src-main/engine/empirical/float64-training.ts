import type { Matrix } from '@shared/design/dataset'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import type { Stepwise } from '@shared/theory/stepwise'
import { combine } from '@shared/theory/matrix-arithmetic'
import { backward64, forward64, type Float64Layer } from './float64-network'
import type { NetworkPrograms } from './network-programs'

/** What one network is trained on, and when its parameters are wanted. */
export interface Float64Training {
  /** N × inputs. */
  readonly inputs: Matrix
  /** N × outputs. */
  readonly targets: Matrix
  /** η of the loss ½ Σ. */
  readonly stepSize: number
  /** Rising step counts. */
  readonly steps: readonly number[]
}

/** One network's parameters after a number of steps. */
export interface Float64Snapshot {
  readonly step: number
  readonly layers: readonly Float64Layer[]
}

/**
 * Trains one network in float64 by full-batch (surrogate) gradient descent on ½ Σ (f − y)²:
 * W ← W − η (σ_w/√n) Σ δ̃ aᵀ, b ← b − η σ_b Σ δ̃, with δ̃ backpropagated through ψ.
 */
export function* train64(
  algebra: LinearAlgebra,
  programs: NetworkPrograms,
  initial: readonly Float64Layer[],
  training: Float64Training
): Stepwise<Float64Snapshot[]> {
  const snapshots: Float64Snapshot[] = []
  let layers = initial
  let step = 0
  for (const wanted of training.steps) {
    for (; step < wanted; step++) {
      layers = stepped(algebra, programs, layers, training)
      yield
    }
    snapshots.push({ step, layers })
  }
  return snapshots
}

function stepped(
  algebra: LinearAlgebra,
  programs: NetworkPrograms,
  layers: readonly Float64Layer[],
  { inputs, targets, stepSize }: Float64Training
): Float64Layer[] {
  const trace = forward64(algebra, programs, layers, inputs)
  const residual = combine(1, trace.outputs, -1, targets)
  const deltas = backward64(algebra, programs, layers, trace, residual, 'surrogate')
  return layers.map(({ weights, biases }, l) => {
    const [delta, activity, factors] = [deltas[l], trace.activities[l], programs.affine[l]]
    if (!delta || !activity || !factors) throw new RangeError('a layer has no trace')
    const gradient = algebra.multiply(delta, activity, { A: true })
    return {
      weights: combine(1, weights, -stepSize * factors.weightFactor, gradient),
      biases: biases.map((bias, j) => {
        let total = 0
        for (let i = 0; i < delta.rows; i++) total += delta.values[i * delta.columns + j] ?? NaN
        return bias - stepSize * factors.biasFactor * total
      })
    }
  })
}
