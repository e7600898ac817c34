import { runEditSchema, type RunEdit, type RunLabels } from '@shared/organise/run-edit'
import type { RecordedRun } from '@shared/protocol/results'
import type { Session } from '../session/session'
import { chosenRuns, countOf, type SearchOption } from './choose-runs'
import { changeSession } from './with-session'

/**
 * Changes labels of the runs that a command names or searches for, and says of how many on standard
 * error.
 *
 * @param what becomes of them, such as "archived"
 * @param labelsFor a run's new labels
 */
export function editChosenRuns(
  path: string,
  ids: readonly string[],
  options: SearchOption,
  what: string,
  labelsFor: (run: RecordedRun) => Partial<RunLabels>
): void {
  changeSession(path, (session) => {
    const runs = chosenRuns(session, ids, options)
    editRuns(
      session,
      runs.map((run) => ({ runId: run.id, ...labelsFor(run) }))
    )
    process.stderr.write(`${what} ${countOf(runs)}\n`)
  })
}

/** @throws {z.ZodError} for labels that are not as labels have to be */
export function editRuns(session: Session, edits: readonly RunEdit[]): void {
  session.organiser.editRuns(edits.map((edit) => runEditSchema.parse(edit)))
}
