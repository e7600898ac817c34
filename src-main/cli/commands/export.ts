import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { figureKinds } from '@shared/figures/figure-kinds'
import type { OfferedFigure } from '@shared/figures/figure-request'
import { LabError } from '@shared/protocol/errors'
import type { RunDetail } from '@shared/protocol/results'
import { dataFormats, type DataFormat } from '@shared/protocol/run-data'
import { runFileName } from '@shared/protocol/run-file-name'
import { SessionTables } from '../../engine/session-tables'
import { offeredFigures } from '../../engine/views/figure-data'
import { writeBundle } from '../../export/bundle/write-bundle'
import { exportData } from '../../export/export-data'
import type { ExportSource } from '../../export/export-source'
import { exportFigures, figureContext, figureFormats, renderFrom } from '../../export/figure-files'
import { sessionReport } from '../../export/report/collect-report'
import { exportStoredFigures } from '../../export/stored-figure-files'
import { writeFileAtomically } from '../../files/write-atomically'
import { runsWithResults } from '../../export/runs-with-results'
import { openReadOnly } from '../../session/session'
import { appVersion } from '../../version'
import { allowedKinds, withFigureKinds, type FigureKindFlag } from '../figure-kind-option'
import { figureAppearance, withFigureOptions, type FigureFlags } from '../figure-options'
import { findRun } from '../find-run'
import { requireSession } from '../input'
import { writeLines, writeTable, writeWarnings } from '../output'

interface ExportFlags extends FigureFlags, FigureKindFlag {
  readonly figures?: string
  readonly listFigures?: boolean
  readonly storedFigures?: string
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
    .option('--figures <folder>', 'write figures of the runs there')
    .option('--list-figures', 'say which figures the runs’ data allow, and why not the others')
    .option('--stored-figures <folder>', 'write the figures stored in the session there, as edited')
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
  return withFigureOptions(withFigureKinds(command))
    .addHelpText(
      'after',
      `
Examples:
  tangent export work.tangent latest --figures figures --column single --figure-formats pdf
  tangent export work.tangent latest --figures figures --figure-kinds function,spectrum
  tangent export work.tangent --stored-figures figures --figure-formats pdf
  tangent export work.tangent --data data --format npz --kernels
  tangent export work.tangent latest --bundle run.zip
  tangent export work.tangent --report work.html
Several runs go into folders of their own. Stored figures keep their size, letters and colours.`
    )
    .action(exportFiles)
}

async function exportFiles(path: string, ids: string[], flags: ExportFlags): Promise<void> {
  const { figures, storedFigures, listFigures, data, bundle, report } = flags
  if ([figures, storedFigures, listFigures, data, bundle, report].every((one) => !one)) {
    throw new LabError(
      'invalid-request',
      'say what to export: --figures FOLDER, --stored-figures FOLDER, --data FOLDER, --bundle FILE or ' +
        '--report FILE; or --list-figures'
    )
  }
  const appearance = figureAppearance(flags)
  requireSession(path)
  const session = openReadOnly(path, { appVersion })
  try {
    const source: ExportSource = { session, tables: new SessionTables(() => session) }
    const runs = chosenRuns(source, ids)
    const folderOf = (folder: string, run: RunDetail): string => {
      const own = runs.length === 1 ? folder : join(folder, runFileName(run))
      mkdirSync(own, { recursive: true })
      return own
    }
    for (const run of runs) {
      const offers =
        listFigures || figures !== undefined
          ? offeredFigures(figureContext(source), run.id, 0, null)
          : []
      if (listFigures) writeOffers(run, offers)
      if (figures !== undefined) {
        const { kinds, leftOut } = allowedKinds(offers, flags)
        writeWarnings(...leftOut)
        say(
          await exportFigures(renderFrom(source), run, folderOf(figures, run), {
            ...{ kinds, appearance },
            formats: flags.figureFormats ?? figureFormats
          })
        )
      }
      if (data !== undefined) {
        const choice = { format: flags.format, kernels: flags.kernels ?? false }
        say(await exportData(source, run, folderOf(data, run), choice))
      }
    }
    if (storedFigures !== undefined) {
      mkdirSync(storedFigures, { recursive: true })
      const { dotsPerInch } = appearance
      const formats = flags.figureFormats ?? figureFormats
      say(await exportStoredFigures(source, storedFigures, { formats, dotsPerInch }))
    }
    const chosen = runs.map(({ id }) => id)
    if (report !== undefined) {
      const document = await sessionReport(source, renderFrom(source), chosen)
      await writeFileAtomically(report, Buffer.from(document))
      say([report])
    }
    if (bundle !== undefined) {
      await writeBundle(source, chosen, bundle, { render: renderFrom(source), appearance })
      say([bundle])
    }
  } finally {
    session.close()
  }
}

/** Which figures a run's data allow, and why not the others. */
function writeOffers({ id, name }: RunDetail, offers: readonly OfferedFigure[]): void {
  writeLines(`${id.slice(0, 8)} ${name}`)
  writeTable(
    ['kind', 'title', 'offered'],
    offers.map(({ source: { kind }, objection }) => [
      ...[kind, figureKinds[kind].title, objection === null ? 'yes' : `no: ${objection}`]
    ])
  )
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
