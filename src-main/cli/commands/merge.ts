import { Command } from 'commander'
import { finish } from '@shared/theory/stepwise'
import { mergeSessions } from '../../session/care/merge'
import { appVersion } from '../../version'
import { writeJson, writeLines, writeTable } from '../output'

/** tangent merge A B --into C */
export function mergeCommand(): Command {
  return new Command('merge')
    .description('merge two sessions into a new one, the same run once')
    .argument('<first>', 'a .tangent file; it is not changed')
    .argument('<second>', 'another')
    .requiredOption('--into <file>', 'the new session; must not exist')
    .option('--json', 'the report as JSON')
    .addHelpText(
      'after',
      `
Runs of the same experiment with the same seed are one run: the most advanced is kept. Runs with other
seeds, data, figures, tags and notes of both are all kept.

Example:
  tangent merge office.tangent cluster.tangent --into all.tangent`
    )
    .action((first: string, second: string, { into, json }: { into: string; json?: boolean }) => {
      const report = finish(mergeSessions([first, second], into, appVersion))
      if (json) {
        writeJson(report)
        return
      }
      writeTable(
        ['experiment', 'seeds'],
        report.experiments.map(({ name, seeds }) => [name, seeds.join(', ')])
      )
      const [fromFirst, fromSecond] = report.runs
      writeLines(
        '',
        `${fromFirst} runs from ${first}, ${fromSecond} from ${second}, ${report.duplicates} left out as the same; ${report.datasets} data sets`,
        `wrote ${into}`
      )
    })
}
