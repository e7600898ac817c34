import type { Command } from 'commander'
import { runRecord } from '@shared/organise/run-record'
import { searchRuns } from '@shared/organise/search-runs'
import { LabError } from '@shared/protocol/errors'
import type { RecordedRun } from '@shared/protocol/results'
import type { Session } from '../session/session'
import { findRun } from './find-run'

/** How a command is told which runs it is about, besides their ids. */
export interface SearchOption {
  readonly search?: string
}

/** Where a command takes runs. */
export const runsHelp = 'runs’ ids, the beginnings of them, or "latest"'

/** Adds the option that chooses runs by a search. */
export function withSearchOption(command: Command): Command {
  return command.option('--search <query>', 'all runs that fit, such as "tag:paper width>=500"')
}

/** The runs of a session that fit a query, newest first; all of them without one. */
export function searchedRuns(session: Session, query: string | undefined): RecordedRun[] {
  const runs = session.listRecordedRuns()
  if (query === undefined) return runs
  const found = new Set(searchRuns(runs.map(runRecord), query).map(({ runId }) => runId))
  return runs.filter(({ id }) => found.has(id))
}

/**
 * The runs that a command names or searches for, each once.
 *
 * @throws {LabError} 'not-found' where there are none, 'invalid-request' where it does neither or both
 */
export function chosenRuns(
  session: Session,
  ids: readonly string[],
  { search }: SearchOption
): RecordedRun[] {
  if ((ids.length === 0) === (search === undefined)) {
    throw new LabError(
      'invalid-request',
      'name runs, or search for them with --search: one of both'
    )
  }
  const runs = searchedRuns(session, search)
  const chosen = search === undefined ? ids.map((id) => findRun(runs, id)) : runs
  if (chosen.length === 0) throw new LabError('not-found', `no run fits the search ${search ?? ''}`)
  return [...new Set(chosen)]
}

/** "1 run" or "3 runs". */
export function countOf(runs: readonly unknown[]): string {
  return runs.length === 1 ? '1 run' : `${runs.length} runs`
}
