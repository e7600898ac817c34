import { Command } from 'commander'
import { LabError } from '@shared/protocol/errors'
import { openSession, type Session } from '../../session/session'
import { appVersion } from '../../version'
import { requireSession } from '../input'
import { writeJson } from '../output'
import { writeRun } from '../run-report'

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
      requireSession(path)
      const session = openSession(path, { appVersion })
      try {
        const run = session.showRun(findRun(session, id))
        if (json) writeJson({ ...run, arrays: session.listArrays(run.id) })
        else writeRun(run)
      } finally {
        session.close()
      }
    })
}

/** @throws {LabError} 'not-found' where no run, or more than one, has an id that begins so */
function findRun(session: Session, id: string): string {
  const runs = session.listRuns()
  const found = id === 'latest' ? runs.slice(0, 1) : runs.filter((run) => run.id.startsWith(id))
  const [run] = found
  if (run && found.length === 1) return run.id
  const problem = found.length === 0 ? `no run ${id}` : `${found.length} runs begin with ${id}`
  throw new LabError('not-found', `${problem}; the session has ${runs.length} runs`)
}
