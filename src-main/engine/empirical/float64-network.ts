import type { Matrix } from '@shared/design/dataset'
import { numberElementwise } from '@shared/design/number-elementwise'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import type { ElementwiseProgram, HiddenProgram, NetworkPrograms } from './network-programs'

/** One affine layer in float64. */
export interface Float64Layer {
  /** W, outputs × inputs. */
  readonly weights: Matrix
  /** b, one per output. */
  readonly biases: Float64Array
}

/** What a forward pass leaves for the backward pass; rows are points. */
export interface Float64Trace {
  /** What enters each affine layer. */
  readonly activities: readonly Matrix[]
  /** h of each hidden layer. */
  readonly preactivations: readonly Matrix[]
  readonly outputs: Matrix
}

/** Which derivative the backward pass takes: φ′, or ψ. */
export type BackwardDerivative = Exclude<keyof HiddenProgram, 'evaluate'>

/** The forward pass of one network on points (rows), hˡ⁺¹ = (σ_w/√n) W φ(hˡ) + σ_b b. */
export function forward64(
  algebra: LinearAlgebra,
  programs: NetworkPrograms,
  layers: readonly Float64Layer[],
  inputs: Matrix
): Float64Trace {
  const activities: Matrix[] = []
  const preactivations: Matrix[] = []
  let current = inputs
  for (const [l, { weights, biases }] of layers.entries()) {
    activities.push(current)
    const { weightFactor, biasFactor } = factors(programs, l)
    const product = algebra.multiply(current, weights, { B: true })
    const { columns } = product
    current = {
      ...product,
      values: product.values.map(
        (value, i) => weightFactor * value + biasFactor * (biases[i % columns] ?? NaN)
      )
    }
    const hidden = programs.hidden[l]
    if (!hidden) break
    preactivations.push(current)
    current = applied(hidden.evaluate, current)
  }
  return { activities, preactivations, outputs: current }
}

/**
 * Backpropagates to the pre-activations of every affine layer.
 *
 * @param outputDelta what arrives at the outputs, (points · repeats) × outputs: each point has
 *   `repeats` rows of its own, one after the other
 * @returns δ of every affine layer, (points · repeats) × units
 */
export function backward64(
  algebra: LinearAlgebra,
  programs: NetworkPrograms,
  layers: readonly Float64Layer[],
  { preactivations }: Pick<Float64Trace, 'preactivations'>,
  outputDelta: Matrix,
  derivative: BackwardDerivative
): Matrix[] {
  const deltas: Matrix[] = []
  let delta = outputDelta
  for (let l = layers.length - 1; l >= 0; l--) {
    deltas[l] = delta
    const [hidden, before, layer] = [programs.hidden[l - 1], preactivations[l - 1], layers[l]]
    if (!hidden || !before || !layer) break
    const { weightFactor } = factors(programs, l)
    const slope = applied(hidden[derivative], before)
    const arriving = algebra.multiply(delta, layer.weights)
    const repeats = arriving.rows / before.rows
    const { columns } = arriving
    delta = {
      ...arriving,
      values: arriving.values.map((value, i) => {
        const point = Math.floor(i / (columns * repeats))
        return weightFactor * value * (slope.values[point * columns + (i % columns)] ?? NaN)
      })
    }
  }
  return deltas
}

/** An elementwise function of a matrix. */
function applied(program: ElementwiseProgram, matrix: Matrix): Matrix {
  return { ...matrix, values: matrix.values.map((value) => program(numberElementwise, value)) }
}

function factors({ affine }: NetworkPrograms, l: number): NetworkPrograms['affine'][number] {
  const found = affine[l]
  if (!found) throw new RangeError('network layers and their parameters do not match')
  return found
}
