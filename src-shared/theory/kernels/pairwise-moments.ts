import type { ActivationMath } from '../../design/activation-math'
import type { SurrogateMath } from '../../design/surrogate-math'
import { exchanged } from '../moments/gaussian-pair'
import type { BatchMoments, MomentBatch, SurrogateMoments } from './batch-moments'
import { pairAt, type PairBatch } from './pair-batch'

/** The moments of a batch one pair after the other: any activation. */
export function pairwiseMoments(math: ActivationMath): BatchMoments {
  return {
    knowsDifference: math.differenceMoment !== undefined,
    knowsSum: math.sumMoment !== undefined,
    isSlow: true,
    moments: (pairs, count, out) => {
      for (let p = 0; p < count; p++) momentsOfPair(math, pairs, p, out)
    },
    surrogate: (psi) => pairwiseSurrogate(math, psi)
  }
}

/** All moments of the pair at `index`. */
export function momentsOfPair(
  math: ActivationMath,
  pairs: PairBatch,
  index: number,
  out: MomentBatch
): void {
  const pair = pairAt(pairs, index)
  out.second[index] = math.secondMoment(pair)
  out.derivative[index] = math.derivativeMoment(pair)
  if (math.differenceMoment) out.difference[index] = math.differenceMoment(pair)
  if (math.sumMoment) out.sum[index] = math.sumMoment(pair)
}

/** E φ′(u)ψ(v) one pair after the other. */
export function pairwiseSurrogate(math: ActivationMath, psi: SurrogateMath): SurrogateMoments {
  return {
    moments: (pairs, count, out, mirrored) => {
      for (let p = 0; p < count; p++) surrogateOfPair(math, psi, pairs, p, out, mirrored)
    }
  }
}

/** E φ′(u)ψ(v) of the pair at `index`; of equal variances the mirrored one is the same. */
export function surrogateOfPair(
  math: ActivationMath,
  psi: SurrogateMath,
  pairs: PairBatch,
  index: number,
  out: Float64Array,
  mirrored: Float64Array | null
): void {
  const pair = pairAt(pairs, index)
  const value = math.surrogateMoment(pair, psi)
  out[index] = value
  if (!mirrored) return
  mirrored[index] = pair.a === pair.b ? value : math.surrogateMoment(exchanged(pair), psi)
}
