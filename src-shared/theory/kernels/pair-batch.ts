import { coincidentPair, type GaussianPair } from '../moments/gaussian-pair'

/** Pairs that go through the layers together: few enough for all arrays to stay in the first cache. */
export const BATCH = 128

/** Many Gaussian pairs, member by member in arrays of BATCH: GaussianPair says what they mean. */
export type PairBatch = { readonly [Member in keyof GaussianPair]: Float64Array }

/** A batch to be filled. */
export function emptyPairBatch(): PairBatch {
  const array = (): Float64Array => new Float64Array(BATCH)
  return { a: array(), b: array(), c: array(), gram: array(), distance: array(), sum: array() }
}

/** Which pairs of points a batch holds: (first, second), (first, second + 1), … */
export interface PairRange {
  readonly first: number
  readonly second: number
  readonly count: number
  /** The first argument moves on too: (first, second), (first + 1, second + 1), … */
  readonly diagonal: boolean
}

const scratch = coincidentPair(0)

/** The pair at `index`, in an object that the next call fills again. */
export function pairAt(pairs: PairBatch, index: number): GaussianPair {
  scratch.a = pairs.a[index] ?? NaN
  scratch.b = pairs.b[index] ?? NaN
  scratch.c = pairs.c[index] ?? NaN
  scratch.gram = pairs.gram[index] ?? NaN
  scratch.distance = pairs.distance[index] ?? NaN
  scratch.sum = pairs.sum[index] ?? NaN
  return scratch
}
