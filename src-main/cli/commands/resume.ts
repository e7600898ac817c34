import { Command } from 'commander'
import { LabError } from '@shared/protocol/errors'
import { isResumable } from '@shared/protocol/results'
import type { Engine } from '../../engine/engine'
import { findRun } from '../find-run'
import { withFollowOptions } from '../follow-options'
import { followRun, followRuns, type FollowOptions } from '../follow-run'
import { requireSession } from '../input'

interface ResumeOptions extends Omit<FollowOptions, 'session'> {
  readonly queue?: boolean
}

/** tangent resume SESSION [RUN] */
export function resumeCommand(): Command {
  const command = new Command('resume')
    .description('go on with a paused or interrupted run where it stopped')
    .argument('<session>', 'a .tangent file')
    .option('--queue', 'all runs that waited when the session was closed, in their order')
    .argument('[run]', 'a run’s id or the beginning of it (default: the newest that can go on)')
  return withFollowOptions(command)
    .addHelpText(
      'after',
      `
On the same device and build, a resumed run ends with the same numbers as one that never stopped.

Examples:
  tangent resume sweeps.tangent --queue
  tangent resume paper.tangent
  tangent resume paper.tangent 3f2a --export figures`
    )
    .action(async (path: string, id: string | undefined, options: ResumeOptions) => {
      requireSession(path)
      if (options.queue) {
        if (id !== undefined) {
          throw new LabError('invalid-request', 'name a run or state --queue: one of both')
        }
        process.exitCode = await followRuns({ ...options, session: path }, takeUp)
        return
      }
      process.exitCode = await followRun({ ...options, session: path }, async (engine) => {
        const runs = await engine.handle('run.list', {})
        const run =
          id === undefined ? runs.find(({ status }) => isResumable(status)) : findRun(runs, id)
        if (!run) throw new LabError('not-found', `${path} has no paused or interrupted run`)
        await engine.handle('run.resume', { runId: run.id })
        return run.id
      })
    })
}

/** Goes on with the queue that the session was left with. */
async function takeUp(engine: Engine): Promise<string[]> {
  const { runIds } = await engine.handle('queue.take-up', {})
  if (runIds.length > 0) return runIds
  throw new LabError('not-found', '--queue: no run waits in the session')
}
