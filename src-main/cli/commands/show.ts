import { Command } from 'commander'
import { findRun } from '../find-run'
import { writeJson } from '../output'
import { writeRun } from '../run-report'
import { readSession } from '../with-session'

/** tangent show SESSION RUN */
export function showCommand(): Command {
  return new Command('show')
    .description('show a run: what it computed, on what, and how well theory and networks agree')
    .argument('<session>', 'a .tangent file')
    .argument('<run>', 'a run’s id, the beginning of it, or "latest"')
    .option('--json', 'everything apart from arrays, as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  tangent show work.tangent latest\n  tangent show work.tangent 3f2a --json'
    )
    .action((path: string, id: string, { json }: { json?: boolean }) => {
      readSession(path, (session) => {
        const run = session.showRun(findRun(session.listRuns(), id).id)
        const arrays = session.listArrays(run.id)
        if (json) writeJson({ ...run, arrays })
        else writeRun(run, arrays)
      })
    })
}
