/** A continuous, piecewise linear φ. */
export interface PiecewiseLinear {
  /** t₁ < … < tₙ. */
  readonly knots: readonly number[]
  /** φ′ left of t₁, between the knots, and right of tₙ: n + 1 values. */
  readonly slopes: readonly number[]
  /** φ(t₁). */
  readonly atFirstKnot: number
}

interface Kink {
  readonly at: number
  readonly change: number
}

const kept = new WeakMap<PiecewiseLinear, readonly Kink[]>()

/** φ(z). */
export function valueAt({ knots, slopes, atFirstKnot }: PiecewiseLinear, z: number): number {
  const first = knots[0] ?? 0
  let value = atFirstKnot + (slopes[0] ?? 0) * Math.min(0, z - first)
  knots.forEach((knot, i) => {
    const length = (knots[i + 1] ?? Infinity) - knot
    value += (slopes[i + 1] ?? 0) * Math.min(length, Math.max(0, z - knot))
  })
  return value
}

/** φ′(z); the mean of both sides at a knot. */
export function slopeAt(line: PiecewiseLinear, z: number): number {
  return kinks(line).reduce(
    (slope, { at, change }) => slope + (change * (1 + Math.sign(z - at))) / 2,
    line.slopes[0] ?? 0
  )
}

/** Where the slope changes, and by how much; kept, as it is asked for at every point of a quadrature. */
export function kinks(line: PiecewiseLinear): readonly Kink[] {
  const known = kept.get(line)
  if (known) return known
  const { knots, slopes } = line
  const found = knots.map((at, i) => ({ at, change: (slopes[i + 1] ?? 0) - (slopes[i] ?? 0) }))
  kept.set(line, found)
  return found
}
