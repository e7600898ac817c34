import { isUnderWay, type RunStatus, type RunSummary } from '@shared/protocol/results'

const endings: Partial<Record<RunStatus, string>> = { completed: 'finished', failed: 'failed' }

/** What to say of a run that has ended by itself. */
export interface Ending {
  readonly runId: string
  readonly name: string
  readonly text: string
}

/**
 * The runs that ended by themselves between two looks at the list. Of a group, such as a sweep, failures
 * are told of as they come, and all else when its last run ends.
 */
export function endingsBetween(
  before: readonly RunSummary[],
  after: readonly RunSummary[]
): Ending[] {
  const wereUnderWay = new Set(
    before.filter(({ status }) => isUnderWay(status)).map(({ id }) => id)
  )
  const ended = after.filter(
    ({ id, status }) => endings[status] !== undefined && wereUnderWay.has(id)
  )
  return ended.flatMap(({ id, name, status, group }) => {
    const plain = { runId: id, name, text: `“${name}” ${endings[status] ?? status}.` }
    if (group === null) return [plain]
    const ofGroup = after.filter((run) => run.group === group)
    if (ofGroup.some((run) => isUnderWay(run.status))) return status === 'failed' ? [plain] : []
    return ofGroup.length === 1 ? [plain] : [{ runId: id, name: group, text: groupText(ofGroup) }]
  })
}

/** Such as "“Quick over seed”: 3 of 4 runs finished." */
function groupText(runs: readonly RunSummary[]): string {
  const finished = runs.filter(({ status }) => status === 'completed').length
  const count = finished === runs.length ? `all ${finished}` : `${finished} of ${runs.length}`
  return `“${runs[0]?.group ?? ''}”: ${count} runs finished.`
}
