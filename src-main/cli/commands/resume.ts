import { Command } from 'commander'
import { LabError } from '@shared/protocol/errors'
import { isResumable } from '@shared/protocol/results'
import { findRun } from '../find-run'
import { withFollowOptions } from '../follow-options'
import { followRun, type FollowOptions } from '../follow-run'
import { requireSession } from '../input'

/** tangent resume SESSION [RUN] */
export function resumeCommand(): Command {
  const command = new Command('resume')
    .description('go on with a paused or interrupted run where it stopped')
    .argument('<session>', 'a .tangent file')
    .argument('[run]', 'a run’s id or the beginning of it (default: the newest that can go on)')
  return withFollowOptions(command)
    .addHelpText(
      'after',
      `
On the same device and build, a resumed run ends with the same numbers as one that never stopped.

Examples:
  tangent resume paper.tangent
  tangent resume paper.tangent 3f2a --export figures`
    )
    .action(
      async (path: string, id: string | undefined, options: Omit<FollowOptions, 'session'>) => {
        requireSession(path)
        process.exitCode = await followRun({ ...options, session: path }, async (engine) => {
          const runs = await engine.handle('run.list', {})
          const run =
            id === undefined ? runs.find(({ status }) => isResumable(status)) : findRun(runs, id)
          if (!run) throw new LabError('not-found', `${path} has no paused or interrupted run`)
          await engine.handle('run.resume', { runId: run.id })
          return run.id
        })
      }
    )
}
