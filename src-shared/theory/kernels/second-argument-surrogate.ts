import type { SurrogateMath } from '../../design/surrogate-math'
import type { SurrogateBatchMoment } from './batch-moments'
import { IntervalTable } from './interval-table'

/** E φ′(u)ψ(v) = factor · E ψ(√b Z) where it depends on the second argument's variance alone. */
export function secondArgumentSurrogate(factor: number, psi: SurrogateMath): SurrogateBatchMoment {
  const mean = new IntervalTable((variance) => psi.gaussianMean(0, Math.sqrt(variance)))
  return (pairs, count, out, mirrored) => {
    for (let p = 0; p < count; p++) {
      out[p] = factor * mean.at(pairs.b[p] ?? NaN)
      if (mirrored) mirrored[p] = factor * mean.at(pairs.a[p] ?? NaN)
    }
  }
}
