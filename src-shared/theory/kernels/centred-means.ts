import type { SurrogateMath } from '../../design/surrogate-math'
import { IntervalTable } from './interval-table'

const tables = new WeakMap<SurrogateMath, IntervalTable>()

/** E ψ(√q Z) as a function of q, Z ~ N(0, 1): one table for all layers with the same ψ. */
export function centredMeans(psi: SurrogateMath): IntervalTable {
  const known = tables.get(psi)
  if (known) return known
  const table = new IntervalTable((square) => psi.gaussianMean(0, Math.sqrt(square)))
  tables.set(psi, table)
  return table
}
