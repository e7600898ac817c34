/**
 * Second moments of a centred Gaussian pair (u, v): the pre-activations of two inputs in one layer
 * of an infinitely wide network.
 *
 * `gram`, `distance` and `sum` follow from a, b and c, but are carried beside them because forming
 * them by subtraction loses every digit that matters near coinciding or antipodal inputs.
 */
export interface GaussianPair {
  /** E u², the variance at the first argument (test point, row). */
  a: number
  /** E v², the variance at the second argument (training point, column). */
  b: number
  /** E uv. */
  c: number
  /** ab − c² ≥ 0. */
  gram: number
  /** E (u − v)² = a + b − 2c. */
  distance: number
  /** E (u + v)² = a + b + 2c. */
  sum: number
}

/**
 * ab − c² from the variances and the squared distance, or the squared sum where c < 0.
 *
 * With D = a + b − 2c: ab − c² = (a+b)D/2 − (a−b)²/4 − D²/4; the same holds for a + b + 2c since
 * replacing v by −v leaves the determinant as it is.
 */
export function gramFromDistance(
  a: number,
  b: number,
  c: number,
  distance: number,
  sum: number
): number {
  const d = c >= 0 ? distance : sum
  const gram = ((a + b) * d) / 2 - ((a - b) * (a - b)) / 4 - (d * d) / 4
  return gram > 0 ? gram : 0
}

/** The pair (u, u): one input with itself. */
export function coincidentPair(variance: number): GaussianPair {
  return { a: variance, b: variance, c: variance, gram: 0, distance: 0, sum: 4 * variance }
}

/** The pair (v, u): first and second argument exchanged. */
export function exchanged(pair: GaussianPair): GaussianPair {
  return { ...pair, a: pair.b, b: pair.a }
}
