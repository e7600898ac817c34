import type { SurrogateMath } from '../../design/surrogate-math'
import type { SurrogateMoments } from './batch-moments'
import { centredMeans } from './centred-means'

/** E φ′(u)ψ(v) = factor · E ψ(√b Z) where it depends on the second argument's variance alone. */
export function secondArgumentSurrogate(factor: number, psi: SurrogateMath): SurrogateMoments {
  const mean = centredMeans(psi)
  const fill = (variances: Float64Array, count: number, out: Float64Array): void => {
    mean.fill(variances, count, out)
    for (let p = 0; p < count; p++) out[p] = factor * (out[p] ?? NaN)
  }
  return {
    moments: (pairs, count, out, mirrored) => {
      fill(pairs.b, count, out)
      if (mirrored) fill(pairs.a, count, mirrored)
    }
  }
}
