import { listArrays, readArray } from './arrays'
import type { Orm } from './orm'

/** The name under which every ensemble stores its recorded steps, int32. */
const STEPS = 'steps'

/** The recorded steps of a run's first ensemble that has any; all its ensembles record the same. */
export function readSteps(orm: Orm, runId: string): number[] {
  const first = listArrays(orm, runId).find(
    ({ ownerKind, name }) => ownerKind === 'ensemble' && name === STEPS
  )
  return first ? [...readArray(orm, runId, 'ensemble', first.ownerIndex, STEPS).data] : []
}
