import { surrogateMath, type Surrogate } from '../../design/surrogate'
import type { SurrogateMath } from '../../design/surrogate-math'

/** So many surrogates are kept: those of a few designs. */
const KEPT = 16

const kept = new Map<string, SurrogateMath>()

/** The mathematics of a surrogate, the same object each time: what is tabulated for it is kept with it. */
export function keptSurrogateMath(surrogate: Surrogate): SurrogateMath {
  const key = JSON.stringify(surrogate)
  const known = kept.get(key)
  if (known) return known
  if (kept.size >= KEPT) kept.clear()
  const math = surrogateMath(surrogate)
  kept.set(key, math)
  return math
}
