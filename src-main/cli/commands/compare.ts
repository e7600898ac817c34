import { Command, Option } from 'commander'
import { compareRuns } from '@shared/comparison/compare-runs'
import { resultColumns, resultNames, type ResultColumn } from '@shared/comparison/result-cells'
import { LabError } from '@shared/protocol/errors'
import { figureFormats } from '../../export/figure-files'
import { chosenRuns, runsHelp, withSearchOption, type SearchOption } from '../choose-runs'
import { writeComparedFigures } from '../compared-figures'
import { differencesCsv, groupsCsv } from '../comparison-csv'
import { writeDifferences, writeGroups } from '../comparison-report'
import { figureAppearance, withFigureOptions, type FigureFlags } from '../figure-options'
import { writeJson, writeWarnings } from '../output'
import { readSession } from '../with-session'

interface CompareOptions extends SearchOption, FigureFlags {
  readonly figures?: string
  readonly groupBy?: string
  readonly diff?: boolean
  readonly results: string
  readonly csv?: boolean
  readonly json?: boolean
}

/** tangent compare SESSION RUN... */
export function compareCommand(): Command {
  const command = new Command('compare')
    .description('say how runs differ, and group their results by parameters, over seeds')
    .argument('<session>', 'a .tangent file')
    .argument('[runs...]', runsHelp)
  return withFigureOptions(withSearchOption(command))
    .option(
      '--figures <folder>',
      'write figures there: functions and losses over one another, results against the parameters grouped by, kernel errors against the width'
    )
    .option('--diff', 'only how their configurations differ')
    .option(
      '--group-by <fields>',
      'parameters, separated by commas (default: all that differ but the seed)'
    )
    .addOption(
      new Option('--results <names>', 'which results, separated by commas').default(
        'finalLoss,rmse,rmsZ,pMean'
      )
    )
    .addOption(
      new Option(
        '--csv',
        'the groups with all results, or with --diff the differences, as CSV'
      ).conflicts('json')
    )
    .option('--json', 'everything as JSON')
    .addHelpText(
      'after',
      `
A group's value is the mean over its ensembles ± the half-width of Student's 95 % interval; ensembles of
the same configuration and seed count once.

Results:
${resultNames.map((name) => `  ${name.padEnd(16)} ${resultColumns[name]}`).join('\n')}

Examples:
  tangent compare work.tangent 3f2a 77b1 --diff
  tangent compare work.tangent --search "tag:paper" --group-by width,surrogate.m --results rmse,finalLoss
  tangent compare work.tangent --search "status=completed" --csv > groups.csv
  tangent compare work.tangent --search "tag:paper" --group-by width,m --figures compared`
    )
    .action(async (path: string, ids: string[], options: CompareOptions) => {
      const appearance = figureAppearance(options)
      const compared = readSession(path, (session) => {
        const runs = chosenRuns(session, ids, options)
        const by = options.groupBy?.split(',').map((field) => field.trim()) ?? null
        const results = namedResults(options.results)
        const comparison = compareRuns(runs, by)
        if (options.json) {
          const { grouped, ...heads } = comparison
          writeJson(options.diff ? heads : { ...heads, grouped })
        } else if (options.csv) {
          const bytes = options.diff ? differencesCsv(comparison) : groupsCsv(comparison)
          for (const piece of bytes) process.stdout.write(piece)
        } else {
          writeDifferences(comparison)
          if (!options.diff) writeGroups(comparison, results)
        }
        return { runs, by: comparison.grouped.by, results }
      })
      if (options.figures === undefined) return
      const formats = options.figureFormats ?? figureFormats
      const figures = { appearance, formats, folder: options.figures }
      const files = await writeComparedFigures(path, compared, figures)
      writeWarnings(...files.map((file) => `wrote ${file}`))
    })
}

/** @throws {LabError} 'invalid-request' for an unknown result */
function namedResults(list: string): ResultColumn[] {
  return list.split(',').map((name) => {
    const wanted = name.trim()
    const found = resultNames.find((known) => known === wanted)
    if (found) return found
    throw new LabError(
      'invalid-request',
      `--results: there is no result ${wanted}; there are ${resultNames.join(', ')}`
    )
  })
}
