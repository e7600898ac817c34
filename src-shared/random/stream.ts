import { philox4x32 } from './philox'

/** What random numbers are drawn for; part of a stream's address, so never renumber. */
export const streamPurpose = {
  weights: 1,
  biases: 2,
  trainingPoints: 3,
  batches: 4,
  dataPoints: 11,
  dataTarget: 12,
  dataNoise: 13,
  bootstrap: 16,
  signFlips: 17
} as const

/** The address of one independent stream of random numbers. */
export interface StreamAddress {
  /** The run's seed, 0 … 2³² − 1. */
  readonly seed: number
  readonly purpose: (typeof streamPurpose)[keyof typeof streamPurpose]
  /** Index of the network in its ensemble. */
  readonly member?: number
  /** Index of the affine layer. */
  readonly layer?: number
  /** Hidden width of the network: networks of different widths are independent. */
  readonly width?: number
}

const TWO_TO_MINUS_32 = 2 ** -32

/**
 * Fills `out` with standard normal numbers of a stream.
 *
 * Box–Muller on pairs of uniforms in (0, 1], in float64; a Float32Array rounds them on assignment.
 * The numbers depend on nothing but the address.
 */
export function fillStandardNormal(address: StreamAddress, out: Float32Array | Float64Array): void {
  const words = new Uint32Array(4)
  const { key, counter } = coordinates(address)
  for (let start = 0, block = 0; start < out.length; start += 4, block++) {
    counter[0] = block
    philox4x32(counter, key, words)
    for (let half = 0; half < 2; half++) {
      const radius = Math.sqrt(-2 * Math.log(((words[2 * half] ?? 0) + 1) * TWO_TO_MINUS_32))
      const angle = 2 * Math.PI * (words[2 * half + 1] ?? 0) * TWO_TO_MINUS_32
      const at = start + 2 * half
      // Writes past the end of a typed array are dropped, which is what the last block needs.
      out[at] = radius * Math.cos(angle)
      out[at + 1] = radius * Math.sin(angle)
    }
  }
}

/** Fills `out` with unsigned 32-bit words of a stream. */
export function fillWords(address: StreamAddress, out: Uint32Array): void {
  const words = new Uint32Array(4)
  const { key, counter } = coordinates(address)
  for (let start = 0, block = 0; start < out.length; start += 4, block++) {
    counter[0] = block
    philox4x32(counter, key, words)
    out.set(words.subarray(0, Math.min(4, out.length - start)), start)
  }
}

/** Fills `out` with uniform numbers of a stream: midpoints of 2³² cells of (0, 1). */
export function fillUniform(address: StreamAddress, out: Float64Array): void {
  const words = new Uint32Array(out.length)
  fillWords(address, words)
  words.forEach((word, i) => {
    out[i] = (word + 0.5) * TWO_TO_MINUS_32
  })
}

function coordinates({ seed, purpose, member = 0, layer = 0, width = 0 }: StreamAddress): {
  key: readonly [number, number]
  counter: [number, number, number, number]
} {
  return { key: [seed, purpose], counter: [0, member, layer, width] }
}
