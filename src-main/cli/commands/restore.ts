import { Command } from 'commander'
import { restoreBackup } from '../../session/care/restore'
import { appVersion } from '../../version'
import { writeJson, writeLines, writeTable } from '../output'

/** tangent restore SESSION */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('put a session’s backup in its place; the file that was there is kept beside it')
    .argument('<session>', 'a .tangent file; its backup is SESSION.backup')
    .option('--json', 'the report as JSON')
    .addHelpText('after', '\nExample:\n  tangent restore work.tangent')
    .action((path: string, { json }: { json?: boolean }) => {
      const report = restoreBackup(path, appVersion, new Date())
      if (json) {
        writeJson(report)
        return
      }
      const { lostRuns, setAside, backupTime, listIsIncomplete } = report
      writeLines(
        `restored ${path} from its backup of ${backupTime}`,
        `the file that was there is now ${setAside}`
      )
      if (listIsIncomplete) writeLines('not all of its runs could be listed: more may be lost')
      if (lostRuns.length === 0) return
      writeLines('', 'Runs that the backup lacks:')
      writeTable(
        ['run', 'created', 'the backup has', 'name'],
        lostRuns.map(({ id, createdAt, inBackup, name }) => [
          id.slice(0, 8),
          createdAt.slice(0, 19).replace('T', ' '),
          inBackup,
          name
        ])
      )
    })
}
