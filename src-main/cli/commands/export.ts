import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { LabError } from '@shared/protocol/errors'
import type { RunDetail } from '@shared/protocol/results'
import { dataFormats, type DataFormat } from '@shared/protocol/run-data'
import { SessionTables } from '../../engine/session-tables'
import { writeBundle } from '../../export/bundle/write-bundle'
import { exportData } from '../../export/export-data'
import type { ExportSource } from '../../export/export-source'
import { exportFigures, renderFrom } from '../../export/figure-files'
import { sessionReport } from '../../export/report/collect-report'
import { runFileName } from '@shared/protocol/run-file-name'
import { writeFileAtomically } from '../../files/write-atomically'
import { runsWithResults } from '../../export/runs-with-results'
import { openSession } from '../../session/session'
import { appVersion } from '../../version'
import { figureAppearance, withFigureOptions, type FigureFlags } from '../figure-options'
import { findRun } from '../find-run'
import { requireSession } from '../input'
import { writeLines } from '../output'

interface ExportFlags extends FigureFlags {
  readonly figures?: string
  readonly data?: string
  readonly format: DataFormat
  readonly kernels?: boolean
  readonly bundle?: string
  readonly report?: string
}

/** tangent export SESSION [RUN...] */
export function exportCommand(): Command {
  const command = new Command('export')
    .description('write figures and data of runs into files, or runs as a whole')
    .argument('<session>', 'a .tangent file')
    .argument(
      '[runs...]',
      'ids of runs, their beginnings, or "latest"; all finished runs if left out'
    )
    .option('--figures <folder>', 'write every figure there')
    .option('--data <folder>', 'write points, outputs, predictions, losses and agreement there')
    .addOption(
      new Option('--format <format>', 'of data: long tables, or arrays for NumPy')
        .choices(dataFormats)
        .default('csv')
    )
    .option(
      '--bundle <file>',
      'write one .zip with everything of the runs, which can be imported again'
    )
    .option('--report <file>', 'write one .html with figures, tables and notes')
    .option('--kernels', 'data with kernels, which are large')
  return withFigureOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  tangent export work.tangent latest --figures figures --column single --figure-formats pdf
  tangent export work.tangent --data data --format npz --kernels
  tangent export work.tangent latest --bundle run.zip
  tangent export work.tangent --report work.html
Several runs go into folders of their own.`
    )
    .action(exportFiles)
}

async function exportFiles(path: string, ids: string[], flags: ExportFlags): Promise<void> {
  if (
    [flags.figures, flags.data, flags.bundle, flags.report].every((target) => target === undefined)
  ) {
    throw new LabError(
      'invalid-request',
      'say what to export: --figures FOLDER, --data FOLDER, --bundle FILE or --report FILE'
    )
  }
  const appearance = figureAppearance(flags)
  requireSession(path)
  const session = openSession(path, { appVersion })
  try {
    const source: ExportSource = { session, tables: new SessionTables(() => session) }
    const runs = chosenRuns(source, ids)
    const folderOf = (folder: string, run: RunDetail): string => {
      const own = runs.length === 1 ? folder : join(folder, runFileName(run))
      mkdirSync(own, { recursive: true })
      return own
    }
    for (const run of runs) {
      if (flags.figures !== undefined) {
        const folder = folderOf(flags.figures, run)
        say(await exportFigures(renderFrom(source), run, folder, appearance, flags.figureFormats))
      }
      if (flags.data !== undefined) {
        const choice = { format: flags.format, kernels: flags.kernels ?? false }
        say(await exportData(source, run, folderOf(flags.data, run), choice))
      }
    }
    const chosen = runs.map(({ id }) => id)
    if (flags.report !== undefined) {
      const document = await sessionReport(source, renderFrom(source), chosen)
      await writeFileAtomically(flags.report, Buffer.from(document))
      say([flags.report])
    }
    if (flags.bundle !== undefined) {
      await writeBundle(source, chosen, flags.bundle, { render: renderFrom(source), appearance })
      say([flags.bundle])
    }
  } finally {
    session.close()
  }
}

function say(files: readonly string[]): void {
  writeLines(...files.map((file) => `wrote ${file}`))
}

/** The runs that are named, each once; without names all that have results, oldest first. */
function chosenRuns({ session }: ExportSource, ids: readonly string[]): RunDetail[] {
  const runs = session.listRuns()
  const chosen = ids.length > 0 ? ids.map((id) => findRun(runs, id).id) : runsWithResults(session)
  return [...new Set(chosen)].map((id) => session.showRun(id))
}
