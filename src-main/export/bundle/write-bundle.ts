import { createHash } from 'node:crypto'
import { bundleManifestSchema, bundleVersion, type BundleManifest } from '@shared/protocol/bundle'
import { LabError } from '@shared/protocol/errors'
import type { RunDetail } from '@shared/protocol/results'
import { writeFileAtomically } from '../../files/write-atomically'
import { textContent, zipBytes, type ZipEntry } from '../../files/zip-writer'
import { configHash } from '../../session/config-hash'
import { appVersion } from '../../version'
import type { ExportSource } from '../export-source'
import {
  basicKinds,
  runFigures,
  type FigureAppearance,
  type FigureFormat,
  type RenderFigure
} from '../figure-files'
import { figuresOnRuns, studiesOnRuns } from '../on-runs'
import { runFileName } from '@shared/protocol/run-file-name'
import { bundleReadme } from './bundle-readme'
import { datasetEntries, rowsEntry, runEntries } from './row-entries'

/** How the figures of a bundle are drawn. */
export interface BundleFigures {
  readonly render: RenderFigure
  readonly appearance: FigureAppearance
}

const figureFormats: readonly FigureFormat[] = ['svg', 'pdf']

/**
 * Writes runs with everything that belongs to them into one zip archive, which imports into any session
 * without loss: experiments, rows and arrays, the stored data that they learned from, the session's
 * figures and studies that rest on them alone, drawn figures, and a
 * README with the commands that compute them again. The same runs give the same bytes.
 *
 * @throws {LabError} 'invalid-request' for runs that are not at rest; 'file-problem'; 'session-unusable'
 *   where stored arrays are damaged
 */
export async function writeBundle(
  { session }: ExportSource,
  runIds: readonly string[],
  path: string,
  drawing: BundleFigures
): Promise<void> {
  const runs = runIds.map((id) => session.showRun(id))
  for (const { id, status } of runs) {
    if (status === 'queued' || status === 'running') {
      throw new LabError(
        'invalid-request',
        `Run ${id} is ${status}: wait for its end or pause it, then export the bundle.`
      )
    }
  }
  const used = new Set(
    runs.flatMap(({ experiment }) =>
      experiment.data.kind === 'stored' ? [experiment.data.sha256] : []
    )
  )
  const datasets = session
    .listDatasets()
    .filter(({ sha256 }) => used.has(sha256))
    .map((dataset) => ({ ...dataset, folder: `datasets/${dataset.sha256.slice(0, 16)}` }))
  const placed = runs.map((run) => ({ run, folder: `runs/${runFileName(run)}` }))
  const figures = figuresOnRuns(session, runIds).map(({ id, name }, i) => {
    return { id, name, folder: `figures/${i + 1}` }
  })
  const studies = studiesOnRuns(session, runIds).map(({ id, study }, i) => {
    return { id, name: study, folder: `studies/${i + 1}` }
  })
  const described: Omit<BundleManifest, 'files'> = {
    format: 'tangent-bundle',
    version: bundleVersion,
    sessionFormat: session.format,
    appVersion,
    runs: placed.map(({ run, folder }) => ({
      ...{ id: run.id, name: run.name, seed: run.seed, folder },
      configHash: configHash(run.experiment)
    })),
    datasets: datasets.map(({ sha256, name, folder }) => ({ sha256, name, folder })),
    ...{ figures, studies }
  }
  const figureEntries: ZipEntry[] = []
  for (const { run, folder } of placed) figureEntries.push(...(await drawn(run, folder, drawing)))
  const entries: ZipEntry[] = [
    { path: 'README.md', compress: true, content: textContent(bundleReadme(placed, datasets)) },
    ...datasets.flatMap(({ sha256, folder }) => datasetEntries(session, sha256, folder)),
    ...placed.flatMap(({ run, folder }) => runEntries(session, run, folder)),
    ...figures.map((figure) => rowsEntry(session, 'figure', figure)),
    ...studies.map((study) => rowsEntry(session, 'study', study)),
    ...figureEntries
  ]
  await writeFileAtomically(path, zipBytes(withManifest(entries, described)))
}

async function drawn(
  run: RunDetail,
  folder: string,
  { render, appearance }: BundleFigures
): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = []
  const choice = { kinds: basicKinds, appearance, formats: figureFormats }
  for await (const { fileName, bytes } of runFigures(render, run, choice)) {
    entries.push({ path: `${folder}/figures/${fileName}`, compress: true, content: () => [bytes] })
  }
  return entries
}

/** The entries, and behind them what the manifest says of them: their checksums are known by then. */
function withManifest(
  entries: readonly ZipEntry[],
  described: Omit<BundleManifest, 'files'>
): ZipEntry[] {
  const files: BundleManifest['files'] = []
  return [
    ...entries.map((entry) => ({
      ...entry,
      content: async function* () {
        const hash = createHash('sha256')
        let bytes = 0
        for await (const piece of entry.content()) {
          hash.update(piece)
          bytes += piece.byteLength
          yield piece
        }
        files.push({ path: entry.path, bytes, sha256: hash.digest('hex') })
      }
    })),
    {
      path: 'manifest.json',
      compress: true,
      content: function* () {
        const manifest = bundleManifestSchema.parse({ ...described, files })
        yield Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
      }
    }
  ]
}
