import { fillStandardNormal, streamPurpose } from '@shared/random/stream'
import type { Stepwise } from '@shared/theory/stepwise'

/** Parameters of one affine layer of several networks, all N(0, 1) at initialisation. */
export interface LayerParameters {
  /** W, members × inputs × outputs. */
  readonly weights: Float32Array
  /** b, members × outputs. */
  readonly biases: Float32Array
}

/**
 * The initial parameters of members `from` … `from + count − 1` of an ensemble.
 *
 * Every member and layer has a random stream of its own, so a network's parameters depend on the
 * seed, its width and its index alone, never on how the ensemble is split into blocks.
 *
 * @param sizes units per layer, input to output
 * @param width the hidden width, part of the stream's address
 */
export function* initialParameters(
  sizes: readonly number[],
  width: number,
  seed: number,
  from: number,
  count: number
): Stepwise<LayerParameters[]> {
  const layers: LayerParameters[] = []
  for (const [layer, outputs] of sizes.slice(1).entries()) {
    const perMember = (sizes[layer] ?? 0) * outputs
    const weights = new Float32Array(count * perMember)
    const biases = new Float32Array(count * outputs)
    for (let i = 0; i < count; i++) {
      const address = { seed, member: from + i, layer, width }
      fillStandardNormal(
        { ...address, purpose: streamPurpose.weights },
        weights.subarray(i * perMember, (i + 1) * perMember)
      )
      fillStandardNormal(
        { ...address, purpose: streamPurpose.biases },
        biases.subarray(i * outputs, (i + 1) * outputs)
      )
      yield
    }
    layers.push({ weights, biases })
  }
  return layers
}
