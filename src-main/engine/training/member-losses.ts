import type { Matrix } from '@shared/design/dataset'
import type { Loss } from '@shared/design/optimiser'

/**
 * The loss of each member, summed over points and outputs in float64.
 *
 * @param outputs members × points × outputs
 */
export function memberLosses(outputs: Float32Array, targets: Matrix, loss: Loss): Float64Array {
  const { rows, columns, values } = targets
  const ofPoint = loss === 'mse' ? halfSquaredError : crossEntropy
  return Float64Array.from({ length: outputs.length / values.length }, (_, member) => {
    let total = 0
    for (let point = 0; point < rows; point++) {
      const at = (member * rows + point) * columns
      const wanted = values.subarray(point * columns, (point + 1) * columns)
      total += ofPoint(outputs.subarray(at, at + columns), wanted)
    }
    return total
  })
}

function halfSquaredError(outputs: Float32Array, targets: Float64Array): number {
  return targets.reduce((total, y, j) => total + ((outputs[j] ?? NaN) - y) ** 2 / 2, 0)
}

/** −Σ y log softmax(f), with log Σ exp f taken around the largest output. */
function crossEntropy(outputs: Float32Array, targets: Float64Array): number {
  const largest = Math.max(...outputs)
  const sum = outputs.reduce((total, f) => total + Math.exp(f - largest), 0)
  const logSum = largest + Math.log(sum)
  return targets.reduce((total, y, j) => total + y * (logSum - (outputs[j] ?? NaN)), 0)
}
