/**
 * The angle of a point (x, y) with y ≥ 0, for the inner loops of kernels: Math.atan2 is a call out of
 * compiled code and branches on its operands, which costs more than everything else there.
 *
 * Of 65 anchors (k, 32 − |k|) the nearest in direction is taken; the angle from it is atan of
 * (y X − x Y)/(x X + y Y), at most 1/32, by its Taylor series. Without branches, within 2 ulp of
 * Math.atan2, and with full relative accuracy towards each of the angles 0, π/2 and π:
 *
 * - angle atan2(y, x) = angleOfAnchor[k] + offset
 * - its complement atan2(x, y) = complementOfAnchor[k] − offset
 * - its supplement atan2(y, −x) = supplementOfAnchor[k] − offset
 */

const HALF = 32
const anchors = Array.from({ length: 2 * HALF + 1 }, (_, index) => {
  const x = index - HALF
  return { x, y: HALF - Math.abs(x) }
})

const anchorX = Float64Array.from(anchors, ({ x }) => x)
const anchorY = Float64Array.from(anchors, ({ y }) => y)
export const angleOfAnchor = Float64Array.from(anchors, ({ x, y }) => Math.atan2(y, x))
export const complementOfAnchor = Float64Array.from(anchors, ({ x, y }) => Math.atan2(x, y))
export const supplementOfAnchor = Float64Array.from(anchors, ({ x, y }) => Math.atan2(y, -x))

/** The index of the anchor nearest to (x, y) in direction; y ≥ 0, not both 0. */
export function nearestAnchor(y: number, x: number): number {
  return ((HALF * x) / (y + Math.abs(x)) + (HALF + 0.5)) | 0
}

/** The angle from an anchor to (x, y), counterclockwise. */
export function angleFromAnchor(y: number, x: number, anchor: number): number {
  const X = anchorX[anchor] ?? NaN
  const Y = anchorY[anchor] ?? NaN
  const z = (y * X - x * Y) / (x * X + y * Y)
  const w = z * z
  return z + z * w * (-1 / 3 + w * (1 / 5 + w * (-1 / 7 + w * (1 / 9 - w / 11))))
}
