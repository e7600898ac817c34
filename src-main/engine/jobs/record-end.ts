import { transportedError } from '@shared/protocol/errors'
import type { RunStatus } from '@shared/protocol/results'

/**
 * Records how a job ended that threw: stopped as it was asked to, or failed, with the reason. A full
 * disk keeps even this out of the session: the job is found interrupted when it is opened again, and
 * the next one must not suffer.
 *
 * @param stopped the status of a job that was stopped; null for one that failed
 * @param finish writes the end into the session
 */
export function recordEnd(
  error: unknown,
  stopped: RunStatus | null,
  finish: (status: RunStatus, problem: string | null) => void
): void {
  try {
    if (stopped) {
      finish(stopped, null)
      return
    }
    const { code, message } = transportedError(error)
    if (code === 'internal') console.error(error)
    finish('failed', message)
  } catch (problem) {
    console.error(problem)
  }
}
