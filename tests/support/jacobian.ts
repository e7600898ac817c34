import { numberElementwise } from '@shared/design/number-elementwise'
import type { Float64Layer } from '../../src-main/engine/empirical/float64-network'
import type { BackwardDerivative } from '../../src-main/engine/empirical/float64-network'
import type { NetworkPrograms } from '../../src-main/engine/empirical/network-programs'

/**
 * The explicit Jacobian of one network, point by point and output by output: the slow, independent
 * route to empirical kernels. Rows are point · outputs + output; columns W¹ row-major, b¹, W², …
 */
export function jacobian(
  programs: NetworkPrograms,
  layers: readonly Float64Layer[],
  points: readonly (readonly number[])[],
  derivative: BackwardDerivative
): number[][] {
  return points.flatMap((point) => {
    const entering: number[][] = []
    const before: number[][] = []
    let current = [...point]
    layers.forEach((layer, l) => {
      entering.push(current)
      before.push(preactivation(programs, layer, l, current))
      const hidden = programs.hidden[l]
      current = before[l]!.map((z) => (hidden ? hidden.evaluate(numberElementwise, z) : z))
    })
    return current.map((_, output) => {
      let delta: number[] = current.map((_, j) => (j === output ? 1 : 0))
      const row: number[][] = []
      for (let l = layers.length - 1; l >= 0; l--) {
        const { weightFactor, biasFactor } = programs.affine[l]!
        row.unshift(
          delta.flatMap((d) => entering[l]!.map((a) => weightFactor * d * a)),
          delta.map((d) => biasFactor * d)
        )
        if (l === 0) break
        const { values, rows, columns } = layers[l]!.weights
        const slope = programs.hidden[l - 1]![derivative]
        delta = before[l - 1]!.map((z, i) => {
          let arriving = 0
          for (let j = 0; j < rows; j++) arriving += delta[j]! * values[j * columns + i]!
          return weightFactor * arriving * slope(numberElementwise, z)
        })
      }
      return row.flat()
    })
  })
}

/** J Kᵀ as N×M×k×k, from Jacobians whose rows are point · outputs + output. */
export function kernelOfJacobians(J: number[][], K: number[][], outputs: number): number[] {
  const [N, M] = [J.length / outputs, K.length / outputs]
  const values: number[] = []
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < M; j++) {
      for (let k = 0; k < outputs; k++) {
        for (let l = 0; l < outputs; l++) {
          const [row, column] = [J[i * outputs + k]!, K[j * outputs + l]!]
          values.push(row.reduce((sum, x, p) => sum + x * column[p]!, 0))
        }
      }
    }
  }
  return values
}

function preactivation(
  { affine }: NetworkPrograms,
  { weights: { values, rows, columns }, biases }: Float64Layer,
  l: number,
  entering: readonly number[]
): number[] {
  const { weightFactor, biasFactor } = affine[l]!
  return Array.from({ length: rows }, (_, j) => {
    let total = 0
    for (let i = 0; i < columns; i++) total += values[j * columns + i]! * entering[i]!
    return weightFactor * total + biasFactor * biases[j]!
  })
}
