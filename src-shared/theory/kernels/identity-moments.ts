import type { BatchMoments } from './batch-moments'
import { secondArgumentSurrogate } from './second-argument-surrogate'

/** The moments of φ(z) = z. */
export const identityMoments: BatchMoments = {
  knowsDifference: true,
  knowsSum: true,
  isSlow: false,
  moments: (pairs, _count, { second, derivative, difference, sum }) => {
    second.set(pairs.c)
    difference.set(pairs.distance)
    sum.set(pairs.sum)
    derivative.fill(1)
  },
  surrogate: (psi) => secondArgumentSurrogate(1, psi)
}
