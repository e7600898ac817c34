import type { LayerParameters } from '../training/initial-parameters'
import type { Float64Layer } from './float64-network'
import type { Range } from './kernel-tiles'

/** One network's parameters as training holds them: one member, inputs × outputs, float32. */
export function toFloat32(layers: readonly Float64Layer[]): LayerParameters[] {
  return layers.map(({ weights: { values, rows, columns }, biases }) => ({
    weights: Float32Array.from(
      values,
      (_, i) => values[(i % rows) * columns + Math.floor(i / rows)] ?? NaN
    ),
    biases: Float32Array.from(biases)
  }))
}

/**
 * One member's parameters with W as outputs × inputs, widened to float64.
 *
 * @param sizes units per layer, input to output
 */
export function toFloat64(
  parameters: readonly LayerParameters[],
  sizes: readonly number[]
): Float64Layer[] {
  return parameters.map(({ weights, biases }, l) => {
    const [columns = 0, rows = 0] = [sizes[l], sizes[l + 1]]
    const values = Float64Array.from(
      weights,
      (_, i) => weights[(i % columns) * rows + Math.floor(i / columns)] ?? NaN
    )
    return { weights: { values, rows, columns }, biases: Float64Array.from(biases) }
  })
}

/** All parameters in one list: W¹ row by row (a row per unit), b¹, W², … */
export function flatParameters(layers: readonly Float64Layer[]): number[] {
  return layers.flatMap(({ weights, biases }) => [...weights.values, ...biases])
}

/** The parameters of some members of a block. */
export function membersOf(
  { weights, biases }: LayerParameters,
  members: number,
  { from, count }: Range
): LayerParameters {
  const part = (values: Float32Array): Float32Array => {
    const each = values.length / members
    return values.subarray(from * each, (from + count) * each)
  }
  return { weights: part(weights), biases: part(biases) }
}
