import { fillWords, streamPurpose } from '../random/stream'

/** Up to so many networks all combinations of signs are tried. */
const ENUMERATED = 11

/** Above it, so many combinations drawn at random, always the same ones. */
const DRAWN = 999

/**
 * More networks than this are put together in groups, whose sums are as symmetric: a group for each
 * bit of a random word.
 */
const GROUPS = 32

/**
 * How likely a mean as far from 0 as this is, if every vector is as likely as its negative.
 *
 * The sign-flipping (randomisation) test of ‖Σ x‖²: under the null hypothesis the sum with any other
 * signs is as likely, so the share of sign combinations that give as long a sum or a longer one is a
 * p-value whose distribution is uniform exactly, however the components are correlated, however many
 * there are, and whether Gaussian or not. Its smallest value for n vectors is 2^(1 − n).
 *
 * @param vectors what is drawn independently: networks' deviations from the prediction
 */
export function signFlipPValue(vectors: readonly Float64Array[]): number {
  const products = gram(grouped(vectors))
  // Rounding must not tell equal sums apart.
  const longEnough = squaredLength(products, 0) * (1 - 1e-12)
  const isAsLong = (flips: number): number => Number(squaredLength(products, flips) >= longEnough)
  if (products.length <= ENUMERATED) {
    // The last sign stays: flipping all of them changes nothing.
    const combinations = 2 ** (products.length - 1)
    let asLong = 0
    for (let flips = 0; flips < combinations; flips++) asLong += isAsLong(flips)
    return asLong / combinations
  }
  const words = new Uint32Array(DRAWN)
  fillWords({ seed: 0, purpose: streamPurpose.signFlips }, words)
  // The observed signs are one of the combinations.
  return words.reduce((asLong, flips) => asLong + isAsLong(flips), 1) / (DRAWN + 1)
}

/** At most 32 vectors: sums of equally many, as far as that goes. */
function grouped(vectors: readonly Float64Array[]): readonly Float64Array[] {
  if (vectors.length <= GROUPS) return vectors
  const sums = Array.from({ length: GROUPS }, () => new Float64Array(vectors[0]?.length ?? 0))
  vectors.forEach((vector, i) => {
    const sum = sums[i % GROUPS]
    vector.forEach((value, at) => {
      if (sum) sum[at] = (sum[at] ?? NaN) + value
    })
  })
  return sums
}

/** Scalar products of all pairs. */
function gram(vectors: readonly Float64Array[]): Float64Array[] {
  return vectors.map((x) =>
    Float64Array.from(vectors, (y) => {
      let total = 0
      for (let i = 0; i < x.length; i++) total += (x[i] ?? NaN) * (y[i] ?? NaN)
      return total
    })
  )
}

/** ‖Σ ± x_i‖², with the signs of the bits set in `flips` turned. */
function squaredLength(products: readonly Float64Array[], flips: number): number {
  const sign = (i: number): number => ((flips >>> i) & 1 ? -1 : 1)
  let total = 0
  for (const [i, row] of products.entries()) {
    let part = 0
    for (let j = 0; j < i; j++) part += sign(j) * (row[j] ?? NaN)
    total += (row[i] ?? NaN) + 2 * sign(i) * part
  }
  return total
}
