import type { SurrogateMath } from '../../design/surrogate-math'
import type { SurrogateBatchMoment } from './batch-moments'
import { IntervalTable } from './interval-table'

/** E φ′(u)ψ(v) = factor · E ψ(√b Z) where it depends on the second argument's variance alone. */
export function secondArgumentSurrogate(factor: number, psi: SurrogateMath): SurrogateBatchMoment {
  const mean = new IntervalTable((variance) => psi.gaussianMean(0, Math.sqrt(variance)))
  const fill = (variances: Float64Array, count: number, out: Float64Array): void => {
    mean.fill(variances, count, out)
    for (let p = 0; p < count; p++) out[p] = factor * (out[p] ?? NaN)
  }
  return (pairs, count, out, mirrored) => {
    fill(pairs.b, count, out)
    if (mirrored) fill(pairs.a, count, mirrored)
  }
}
