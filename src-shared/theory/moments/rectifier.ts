import type { GaussianPair } from './gaussian-pair'

/** Moments of max(0, z): Cho & Saul, "Kernel methods for deep learning" (2009). */

/** E max(0, u) max(0, v). */
export function rectifierSecondMoment({ c, gram }: GaussianPair): number {
  const root = Math.sqrt(gram)
  return (root + (Math.PI - Math.atan2(root, c)) * c) / (2 * Math.PI)
}

/** E (max(0, u) − max(0, v))², free of cancellation near u = v. */
export function rectifierDifferenceMoment(pair: GaussianPair): number {
  return pair.distance / 2 - tangentExcess(pair) / Math.PI
}

/** P(u > 0, v > 0). */
export function rectifierDerivativeMoment({ c, gram }: GaussianPair): number {
  return (Math.PI - Math.atan2(Math.sqrt(gram), c)) / (2 * Math.PI)
}

/** √gram − angle·c, where tan(angle) = √gram/c: c(t − arctan t) without cancellation for small t. */
function tangentExcess({ c, gram }: GaussianPair): number {
  const root = Math.sqrt(gram)
  const t = root / c
  if (!(t > 0 && t < 0.1)) return root - Math.atan2(root, c) * c
  let power = t
  let total = 0
  for (let order = 3; order <= 17; order += 2) {
    power *= -t * t
    total -= power / order
  }
  return c * total
}
