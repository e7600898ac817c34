import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ResultColumn } from '@shared/comparison/result-cells'
import { noEdits } from '@shared/figures/figure-edits'
import { figureSourceSchema, mostOverlaid, type FigureSource } from '@shared/figures/figure-source'
import type { RecordedRun } from '@shared/protocol/results'
import { SessionTables } from '../engine/session-tables'
import { renderFrom, type FigureAppearance, type FigureFormat } from '../export/figure-files'
import { writeFileAtomically } from '../files/write-atomically'
import { openReadOnly } from '../session/session'
import { appVersion } from '../version'

/** What is compared. */
interface Compared {
  readonly runs: readonly RecordedRun[]
  /** Paths of the parameters grouped by. */
  readonly by: readonly string[]
  readonly results: readonly ResultColumn[]
}

/**
 * Writes the figures of a comparison into a folder.
 *
 * @returns the files written
 */
export async function writeComparedFigures(
  path: string,
  compared: Compared,
  figures: {
    readonly folder: string
    readonly appearance: FigureAppearance
    readonly formats: readonly FigureFormat[]
  }
): Promise<string[]> {
  mkdirSync(figures.folder, { recursive: true })
  const written: string[] = []
  const session = openReadOnly(path, { appVersion })
  try {
    const render = renderFrom({ session, tables: new SessionTables(() => session) })
    for (const source of sourcesOf(compared)) {
      for (const format of figures.formats) {
        const request = { ...figures.appearance, source, edits: noEdits, format }
        const { fileName, bytes } = await render(request)
        const file = join(figures.folder, fileName)
        await writeFileAtomically(file, bytes)
        written.push(file)
      }
    }
  } finally {
    session.close()
  }
  return written
}

/** Everything of which the runs have data. */
function sourcesOf({ runs, by, results }: Compared): FigureSource[] {
  const ensembles = runs
    .flatMap(({ id, ensembles: all }) =>
      all.map(({ index }) => ({ runId: id, ensembleIndex: index }))
    )
    .slice(0, mostOverlaid)
  if (ensembles.length === 0) return []
  const runIds = runs.map(({ id }) => id)
  const [across = 'width', series = null] = by
  const recorded = runs.some(({ experiment }) => experiment.empiricalKernels.at !== 'none')
  return [
    { kind: 'overlay', ensembles },
    { kind: 'losses-overlay', ensembles },
    ...results.map((result) => ({ kind: 'results', runIds, across, by: series, result })),
    ...(recorded ? [{ kind: 'kernel-errors', runIds }] : [])
  ].map((source) => figureSourceSchema.parse(source))
}
