import { LabError } from '@shared/protocol/errors'
import type { RunSummary } from '@shared/protocol/results'

/**
 * The run whose id begins so, or the newest for "latest".
 *
 * @param runs newest first
 * @throws {LabError} 'not-found' where there is none, or more than one
 */
export function findRun<Run extends RunSummary>(runs: readonly Run[], id: string): Run {
  const found = id === 'latest' ? runs.slice(0, 1) : runs.filter((run) => run.id.startsWith(id))
  const [run] = found
  if (run && found.length === 1) return run
  const problem = found.length === 0 ? `no run ${id}` : `${found.length} runs begin with ${id}`
  throw new LabError('not-found', `${problem}; the session has ${runs.length} runs`)
}
