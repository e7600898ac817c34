import { isUnderWay, type RunStatus, type RunSummary } from '@shared/protocol/results'

const endings: Partial<Record<RunStatus, string>> = { completed: 'finished', failed: 'failed' }

/** What to say of a run that has ended by itself. */
export interface Ending {
  readonly runId: string
  readonly name: string
  readonly text: string
}

/** The runs that ended by themselves between two looks at the list. */
export function endingsBetween(
  before: readonly RunSummary[],
  after: readonly RunSummary[]
): Ending[] {
  const wereUnderWay = new Set(
    before.filter(({ status }) => isUnderWay(status)).map(({ id }) => id)
  )
  return after.flatMap(({ id, name, status }) => {
    const ending = endings[status]
    return ending !== undefined && wereUnderWay.has(id)
      ? [{ runId: id, name, text: `“${name}” ${ending}.` }]
      : []
  })
}
