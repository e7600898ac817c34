import { fillStandardNormal, streamPurpose } from '@shared/random/stream'
import type { Float64Layer } from '../../src-main/engine/empirical/float64-network'
import type { LayerParameters } from '../../src-main/engine/training/initial-parameters'

/** A network's parameters, all N(0, 1), representable in float32. */
export function randomLayers(sizes: readonly number[], seed: number, member = 0): Float64Layer[] {
  return sizes.slice(1).map((rows, layer) => {
    const columns = sizes[layer]!
    const draw = (length: number, purpose: 1 | 2) => {
      const values = new Float32Array(length)
      fillStandardNormal({ seed, purpose, member, layer }, values)
      return Float64Array.from(values)
    }
    return {
      weights: { values: draw(rows * columns, streamPurpose.weights), rows, columns },
      biases: draw(rows, streamPurpose.biases)
    }
  })
}

/** Members' parameters as training holds them: members × inputs × outputs, float32. */
export function blockParameters(members: readonly Float64Layer[][]): LayerParameters[] {
  return members[0]!.map((_, l) => ({
    weights: Float32Array.from(
      members.flatMap((layers) => {
        const { values, rows, columns } = layers[l]!.weights
        return Array.from(
          values,
          (_value, i) => values[(i % rows) * columns + Math.floor(i / rows)]!
        )
      })
    ),
    biases: Float32Array.from(members.flatMap((layers) => [...layers[l]!.biases]))
  }))
}
