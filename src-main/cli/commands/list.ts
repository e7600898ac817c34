import { Command } from 'commander'
import { openReadOnly } from '../../session/session'
import { appVersion } from '../../version'
import { requireSession } from '../input'
import { writeJson, writeLines, writeTable } from '../output'

/** tangent list SESSION */
export function listCommand(): Command {
  return new Command('list')
    .description('list the runs of a session, newest first')
    .argument('<session>', 'a .tangent file')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  tangent list work.tangent')
    .action((path: string, { json }: { json?: boolean }) => {
      requireSession(path)
      const session = openReadOnly(path, { appVersion })
      try {
        const runs = session.listRuns()
        if (json) writeJson(runs)
        else if (runs.length === 0) writeLines('no runs yet')
        else {
          writeTable(
            ['run', 'created', 'status', 'seed', 'ensembles', 'rms z', 'name'],
            runs.map((run) => [
              run.id.slice(0, 8),
              run.createdAt.slice(0, 19).replace('T', ' '),
              run.status,
              String(run.seed),
              String(run.ensembles.length),
              run.ensembles.map(({ agreement }) => agreement?.rmsZ.toFixed(2) ?? '–').join(' '),
              run.name
            ])
          )
        }
      } finally {
        session.close()
      }
    })
}
