import { Command } from 'commander'
import { finish } from '@shared/theory/stepwise'
import { repairSession } from '../../session/care/repair'
import { appVersion } from '../../version'
import { writeJson, writeLines, writeTable } from '../output'
import { describeFinding } from '../session-report'

/** tangent repair SESSION --into NEW */
export function repairCommand(): Command {
  return new Command('repair')
    .description('save everything sound of a damaged session into a new file')
    .argument('<session>', 'a .tangent file; it is not changed')
    .requiredOption('--into <file>', 'the new session; must not exist')
    .option('--json', 'the report as JSON')
    .addHelpText('after', '\nExample:\n  tangent repair work.tangent --into saved.tangent')
    .action((path: string, { into, json }: { into: string; json?: boolean }) => {
      const report = finish(repairSession(path, into, appVersion))
      if (json) {
        writeJson(report)
        return
      }
      writeTable(
        ['table', 'rows saved'],
        Object.entries(report.saved).map(([table, count]) => [table, String(count)])
      )
      writeLines(
        '',
        ...report.lost.map((finding) => `lost: ${describeFinding(finding)}`),
        ...report.incompleteRuns.map(
          ({ id, name }) =>
            `run ${id} (${name}) lacks results: "tangent resume ${into} ${id.slice(0, 8)}" computes them again`
        ),
        report.lost.length === 0 ? `nothing was lost; saved ${into}` : `saved ${into}`
      )
    })
}
