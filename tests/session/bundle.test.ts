import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { experimentSchema } from '@shared/design/experiment'
import type { BundleManifest } from '@shared/protocol/bundle'
import { importBundle } from '../../src-main/export/bundle/import-bundle'
import { writeBundle } from '../../src-main/export/bundle/write-bundle'
import { defaultAppearance, renderFrom } from '../../src-main/export/figure-files'
import { decodeNpy } from '../../src-main/files/npy'
import { configHash } from '../../src-main/session/config-hash'
import { openReadOnly, type Session } from '../../src-main/session/session'
import { float64 } from '../../src-main/session/stored-array'
import { SessionTables } from '../../src-main/engine/session-tables'
import { newSessionPath, open } from './open'
import {
  classified,
  experiment,
  figure,
  sampleDataset,
  sampleRun,
  sampleStudy,
  studyContent
} from './sample-values'
import { storeRun } from './stored-run'
import { storedZip } from './stored-zip'
import { zipArchive, type ZipEntry } from '../unit/files/import/zip-archive'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'tangent-bundle-'))
  onTestFinished(() => {
    rmSync(made, { recursive: true })
  })
  return made
}

const first = '11111111-1111-4111-8111-111111111111'
const second = '22222222-2222-4222-8222-222222222222'
const payload = new Float64Array(4)
new BigUint64Array(payload.buffer).set([0xfff4_dead_beef_0123n, 0x8000_0000_0000_0000n])

/** A session with a finished run, a paused one on stored data with a checkpoint, and a third that stays. */
function sampleSession(path = newSessionPath()): Session {
  const session = open(path)
  storeRun(session, first)
  const { dataset } = session.addDataset(sampleDataset(classified))
  const { preparation } = dataset
  session.addRun(
    sampleRun(second, {
      name: 'κ “quoted” | <b>bold</b> `code`',
      experiment: experimentSchema.parse({
        ...experiment,
        data: { kind: 'stored', sha256: dataset.sha256, ...preparation }
      }),
      warnings: ['narrow', 'wide']
    })
  )
  session.updateRun(second, { status: 'paused', wallTimeMs: 1e-300 })
  session.saveCheckpoint(
    second,
    {
      ensembleIndex: 1,
      savedAt: '2026-11-24T12:00:00.000Z',
      position: {
        ...{
          membersDone: 3,
          blockMembers: 2,
          recordsDone: 1,
          step: 7,
          trainingMs: 0.1,
          flops: 1e12
        }
      }
    },
    { weights: float64(payload) }
  )
  session.addRun(sampleRun('left behind'))
  return session
}

async function bundled(session: Session, runs = [first, second]): Promise<string> {
  const path = join(folder(), 'bundle.zip')
  const source = { session, tables: new SessionTables(() => session) }
  const figures = { render: renderFrom(source), appearance: defaultAppearance }
  await writeBundle(source, runs, path, figures)
  return path
}

/** Every row of every table, without the numbers that only say in what order they came. */
function contents(path: string, runs: readonly string[]) {
  const database = new Database(path, { readonly: true })
  try {
    const tables = database
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      )
      .pluck()
      .all()
    return Object.fromEntries(
      tables.map((table) => {
        const rows = database.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all()
        return [
          table,
          rows
            .filter((row) => {
              const owner = row['run_id'] ?? row['id']
              return typeof owner !== 'string' || runs.includes(owner)
            })
            .map((row) =>
              Object.fromEntries(Object.entries(row).filter(([key]) => key !== 'number'))
            )
        ]
      })
    )
  } finally {
    database.close()
  }
}

describe('a bundle', () => {
  test('imports without loss: every row and every byte of every array', async () => {
    const [from, to] = [newSessionPath(), newSessionPath()]
    const session = sampleSession(from)
    const path = await bundled(session)
    const before = readFileSync(path)
    session.close()
    const target = open(to)
    const { runs, datasets } = await importBundle(path, () => target)
    expect(runs.map(({ id, isNew }) => [id, isNew])).toEqual([
      [first, true],
      [second, true]
    ])
    expect(datasets.map(({ name, isNew }) => [name, isNew])).toEqual([['flowers', true]])
    expect(target.readCheckpoint(second)?.arrays['weights']?.data.buffer).toEqual(payload.buffer)
    expect(target.showRun(second).experiment.data.kind).toBe('stored')
    // The bundle of the copy is the bundle of the original, byte for byte.
    expect(readFileSync(await bundled(target)).equals(before)).toBe(true)
    target.close()
    const [ours, theirs] = [from, to].map((file) => contents(file, [first, second]))
    expect(theirs).toEqual(ours)
    expect(theirs?.['array']?.length).toBeGreaterThan(15)
  })

  test('takes along the figures and studies that rest on its runs, and no others', async () => {
    const from = newSessionPath()
    const session = sampleSession(from)
    const drawing = (id: string, runId: string) =>
      session.organiser.saveFigure({
        ...{ ...figure, id, name: `of ${runId}` },
        spec: { ...figure.spec, source: { ...figure.spec.source, runId } as never }
      })
    drawing('own', first)
    drawing('foreign', 'left behind')
    for (const [id, runId] of [
      ['done', first],
      ['other', 'left behind']
    ] as const) {
      session.studies.add({ ...sampleStudy, id })
      session.studies.addPart(id, 'a', 0, studyContent('a', runId))
      session.studies.addPart(id, 'b', 1, studyContent('b', runId))
      session.studies.update(id, { status: 'completed', wallTimeMs: 5 })
    }
    const path = await bundled(session)
    const to = newSessionPath()
    const target = open(to)
    const imported = await importBundle(path, () => target)
    expect(imported).toMatchObject({
      figures: [{ id: 'own', isNew: true }],
      studies: [{ id: 'done', name: 'ill-posedness', isNew: true }]
    })
    expect(target.studies.show('done')).toEqual(session.studies.show('done'))
    expect(target.organiser.listFigures()).toEqual(
      session.organiser.listFigures().filter(({ id }) => id === 'own')
    )
    expect(target.studies.list()).toHaveLength(1)
    // What the user changed here since stays.
    target.organiser.saveFigure({ ...figure, id: 'own', name: 'mine' })
    const again = await importBundle(path, () => target)
    expect([...again.figures, ...again.studies].map(({ isNew }) => isNew)).toEqual([false, false])
    expect(target.organiser.listFigures().map(({ name }) => name)).toEqual(['mine'])
  })

  test('keeps what users wrote of a run', async () => {
    const session = sampleSession()
    const labels = { note: 'see κ', group: 'paper', tags: ['a', 'b'], archived: true }
    session.organiser.editRuns([{ runId: first, ...labels }])
    const target = open(newSessionPath())
    const path = await bundled(session)
    await importBundle(path, () => target)
    expect(target.showRun(first)).toMatchObject(labels)
  })

  test('is there already when it is imported again', async () => {
    const path = await bundled(sampleSession())
    const to = newSessionPath()
    const target = open(to)
    await importBundle(path, () => target)
    const { runs, datasets } = await importBundle(path, () => target)
    expect([...runs, ...datasets].map(({ isNew }) => isNew)).toEqual([false, false, false])
    expect(target.listRuns()).toHaveLength(2)
    expect(target.listDatasets()).toHaveLength(1)

    target.organiser.deleteRuns([first])
    await importBundle(path, () => target)
    expect(target.listRuns()).toHaveLength(2)
  })

  test('of a run that has other results in the session is refused, and nothing is imported', async () => {
    const path = await bundled(sampleSession())
    const target = open(newSessionPath())
    storeRun(target, second)
    await expect(importBundle(path, () => target)).rejects.toThrow(
      `Run ${second} is in the session already, with other results`
    )
    expect(target.listRuns().map(({ id }) => id)).toEqual([second])
    expect(target.listDatasets()).toEqual([])
  })

  test('says how to compute it again, has figures and what NumPy reads', async () => {
    const session = sampleSession()
    const entries = storedZip(readFileSync(await bundled(session)))
    const readme = entries.get('README.md')?.toString() ?? ''
    const run = 'runs/11111111-run-11111111-1111-4111-8111-111111111111'
    expect(readme).toContain(
      `tangent run ${run}/experiment.json --session again.tangent --device cpu`
    )
    expect(readme).toContain('κ “quoted” \\| \\<b\\>bold\\</b\\> \\`code\\`')
    const stated = experimentSchema.parse(
      JSON.parse(entries.get(`${run}/experiment.json`)?.toString() ?? '')
    )
    expect(configHash(stated)).toBe(configHash(session.showRun(first).experiment))
    expect(entries.get(`${run}/figures/loss-width200-0.2.svg`)?.toString()).toContain('<svg')
    expect(entries.get(`${run}/figures/loss-width200-0.2.pdf`)?.subarray(0, 5).toString()).toBe(
      '%PDF-'
    )
    const losses = entries.get(`${run}/arrays/ensemble-0/losses.npy`) ?? Buffer.alloc(0)
    expect([...decodeNpy(losses, 'losses', 100).values]).toEqual([
      ...session.readArray(first, 'ensemble', 0, 'losses').data
    ])
    const manifest = JSON.parse(entries.get('manifest.json')?.toString() ?? '') as BundleManifest
    expect(manifest.files.map(({ path }) => path)).toEqual([...entries.keys()].slice(0, -1))
  })

  test('is not imported into a session that is open for reading only', async () => {
    const bundle = await bundled(sampleSession(), [first])
    const path = newSessionPath()
    open(path).close()
    const reader = openReadOnly(path, { appVersion: '0.1.0' })
    onTestFinished(() => {
      reader.close()
    })
    await expect(importBundle(bundle, () => reader)).rejects.toMatchObject({
      code: 'session-read-only'
    })
    expect(reader.listRuns()).toEqual([])
  })

  test('of a run in progress is refused', async () => {
    const session = open(newSessionPath())
    session.addRun(sampleRun(first))
    await expect(bundled(session, [first])).rejects.toThrow('is queued: wait for its end')
  })

  test('of an older session format is brought up to date', async () => {
    const entries = filesOf(await bundled(sampleSession(), [first]))
    const older = rewritten(entries, (manifest, files) => {
      const rows = files.find(({ name }) => name.endsWith('rows.json'))
      const tables = JSON.parse(rows?.content.toString() ?? '') as Rows
      const known = tables
        .filter(({ table }) => table === 'run' || table === 'prediction' || table === 'array')
        .concat(tables.filter(({ table }) => table === 'ensemble').map(withoutCosts))
        .map(({ table, ...rest }) => ({ table, ...onlyFormatThree(table, rest) }))
      const content = Buffer.from(JSON.stringify(known))
      return {
        manifest: { ...manifest, sessionFormat: 2 },
        files: files.map((file) => (file === rows ? { ...file, content } : file))
      }
    })
    const target = open(newSessionPath())
    await importBundle(written(older), () => target)
    expect(target.showRun(first)).toMatchObject({
      status: 'completed',
      ensembles: [{}, { flops: null }]
    })
  })
})

type Rows = { table: string; columns: string[]; rows: unknown[][] }[]

/** What the second format had of an ensemble. */
function withoutCosts({ table, columns, rows }: Rows[number]): Rows[number] {
  const kept = columns.flatMap((name, i) => (/^(training_ms|flops)$/.test(name) ? [] : [i]))
  const pick = <T>(all: readonly T[]): T[] => kept.flatMap((i) => all.slice(i, i + 1))
  return { table, columns: pick(columns), rows: rows.map((row) => pick(row)) }
}

const formatThreeRun = [
  ...['id', 'name', 'status', 'seed', 'created_at', 'started_at', 'finished_at', 'wall_time_ms'],
  ...['step_size', 'config_hash', 'problem', 'warnings', 'environment', 'experiment']
]

/** Columns that later formats added to runs are left out. */
function onlyFormatThree(table: string, { columns, rows }: Omit<Rows[number], 'table'>) {
  if (table !== 'run') return { columns, rows }
  const kept = columns.flatMap((name, i) => (formatThreeRun.includes(name) ? [i] : []))
  const pick = <T>(all: readonly T[]): T[] => kept.flatMap((i) => all.slice(i, i + 1))
  return { columns: pick(columns), rows: rows.map((row) => pick(row)) }
}

interface File {
  readonly name: string
  readonly content: Buffer
}

/** A bundle's files; the manifest apart. */
function filesOf(path: string): { manifest: BundleManifest; files: File[] } {
  const entries = [...storedZip(readFileSync(path))].map(([name, content]) => ({ name, content }))
  const manifest = JSON.parse(
    entries.find(({ name }) => name === 'manifest.json')?.content.toString() ?? ''
  ) as BundleManifest
  return { manifest, files: entries.filter(({ name }) => name !== 'manifest.json') }
}

/** The same bundle with changes, and a manifest that fits them. */
function rewritten(
  bundle: { manifest: BundleManifest; files: File[] },
  change: (manifest: BundleManifest, files: File[]) => { manifest: BundleManifest; files: File[] }
): ZipEntry[] {
  const { manifest, files } = change(bundle.manifest, bundle.files)
  const listed = files.map(({ name, content }) => ({
    path: name,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex')
  }))
  return [
    ...files,
    {
      name: 'manifest.json',
      content: Buffer.from(JSON.stringify({ ...manifest, files: listed }))
    }
  ]
}

function written(entries: readonly ZipEntry[], change = (bytes: Buffer): Buffer => bytes): string {
  const path = join(folder(), 'hostile.zip')
  writeFileSync(path, change(zipArchive(entries)))
  return path
}

describe('a bundle that is not sound', () => {
  let sound: { manifest: BundleManifest; files: File[] } | undefined
  beforeEach(async () => {
    sound ??= filesOf(await bundled(sampleSession(), [first]))
  })

  const whole = (): { manifest: BundleManifest; files: File[] } => {
    if (sound) return sound
    throw new Error('no bundle was made')
  }
  const entries = (): ZipEntry[] => rewritten(whole(), (manifest, files) => ({ manifest, files }))
  /** With one file's text replaced, and the manifest told of it. */
  const edited = (ending: string, edit: (text: string) => string): ZipEntry[] =>
    rewritten(whole(), (manifest, files) => ({
      manifest,
      files: files.map(({ name, content }) => ({
        name,
        content: name.endsWith(ending)
          ? Buffer.from(edit(content.toString('latin1')), 'latin1')
          : content
      }))
    }))
  const stated = (changes: Partial<Record<keyof BundleManifest, unknown>>): ZipEntry[] =>
    rewritten(whole(), (manifest, files) => ({
      manifest: { ...manifest, ...changes } as BundleManifest,
      files
    }))

  const cases: Record<string, [make: () => ZipEntry[], message: string]> = {
    'without a manifest': [() => entries().slice(0, -1), 'has no manifest.json: it is no bundle'],
    'with a manifest that is not JSON': [
      () => [{ name: 'manifest.json', content: Buffer.from('{') }],
      'manifest.json of hostile.zip is not JSON'
    ],
    'with a manifest of another kind': [() => stated({ format: 'zip' }), 'format: Invalid input'],
    'of a later version': [() => stated({ version: 99 }), 'bundle of version 99'],
    'of a later session format': [() => stated({ sessionFormat: 999 }), 'session format 999'],
    'with a path that leads out': [
      () => [...entries(), { name: '../out.txt', content: Buffer.from('x') }],
      'invalid relative path'
    ],
    'with a path from the root': [
      () => [...entries(), { name: '/etc/x', content: Buffer.from('x') }],
      'absolute path'
    ],
    'with a file twice': [
      () => [...entries(), { name: 'README.md', content: Buffer.from('x') }],
      'has two files README.md'
    ],
    'with a file that is not listed': [
      () => [...entries(), { name: 'extra.txt', content: Buffer.from('x') }],
      'has a file extra.txt that its manifest.json does not list'
    ],
    'without a file that is listed': [() => entries().slice(1), 'lacks the file README.md'],
    'with a changed file': [
      () =>
        entries().map((entry) =>
          entry.name === 'README.md'
            ? { ...entry, content: Buffer.from(entry.content).reverse() }
            : entry
        ),
      'the SHA-256 of'
    ],
    'with a size that is not true': [
      () => entries().map((entry, i) => (i === 0 ? { ...entry, statedSize: 5 } : entry)),
      'has 5 bytes in README.md'
    ],
    'with a size that would fill the disk': [
      () => [...entries(), { name: 'bomb', content: Buffer.alloc(9), statedSize: 4e9 }],
      'it is made to fill the disk'
    ],
    'with zeros that would fill the disk': [
      () => [...entries(), { name: 'bomb', content: Buffer.alloc(3e8) }],
      'it is made to fill the disk'
    ],
    'with big-endian numbers': [
      () => edited('ensemble-0/losses.npy', (text) => text.replace('<f8', '>f8')),
      "has elements of type '>f8'"
    ],
    'with another number in an array': [
      () => edited('ensemble-0/losses.npy', (text) => `${text.slice(0, -1)}\x01`),
      'array losses of ensemble 0'
    ],
    'with an array of another shape': [
      () => edited('rows.json', (text) => text.replace('"[2,3]"', '"[3,2,7]"')),
      'is damaged: it has 48 bytes'
    ],
    'with a table that no session has': [
      () => edited('rows.json', (text) => text.replace('"prediction"', '"sqlite_master"')),
      'a table sqlite_master, which its format does not have'
    ],
    'with a column that no table has': [
      () =>
        edited('rows.json', (text) => text.replace('"sweep_value"', '"x\\"; DROP TABLE run; --"')),
      'the rows of prediction have not the columns'
    ],
    'with a status that runs cannot have': [
      () => edited('rows.json', (text) => text.replace('"completed"', '"perfect"')),
      'a row of run cannot be stored'
    ],
    'with NaN in JSON': [
      () => edited('rows.json', (text) => text.replace('60000', 'NaN')),
      'rows.json is not JSON'
    ],
    'with an experiment that is none': [
      () =>
        edited('rows.json', (text) => text.replace('\\"depthHidden\\":2', '\\"depthHidden\\":-2')),
      'experiment of run'
    ],
    'with runs other than it states': [
      () => stated({ runs: [{ ...whole().manifest.runs[0], id: second }] }),
      `states the runs ${second}`
    ],
    'with an ensemble of a run that it lacks': [
      () =>
        edited('rows.json', (text) =>
          text.replace(/("table": "ensemble"[^]*?)1{8}-/, '$199999999-')
        ),
      'cannot be stored: FOREIGN KEY'
    ]
  }

  test.each(Object.keys(cases))('%s is refused, and no session is made', async (name) => {
    const [make, message] = cases[name] ?? [() => [], '']
    const path = newSessionPath()
    const attempt = importBundle(written(make()), () => open(path))
    await expect(attempt).rejects.toThrow(message)
    await expect(attempt).rejects.toMatchObject({ name: 'LabError' })
    expect(existsSync(path)).toBe(false)
  })

  test('cut anywhere is refused', async () => {
    const archive = zipArchive(entries())
    for (const part of [0, 0.1, 0.5, 0.9, 0.999]) {
      const path = written([], () => archive.subarray(0, Math.floor(part * archive.length)))
      await expect(importBundle(path, () => open(newSessionPath()))).rejects.toThrow(
        'hostile.zip is not a sound bundle'
      )
    }
  })

  test('with a link is refused', async () => {
    const linked = (bytes: Buffer): Buffer => {
      // The first entry's attributes in the archive's directory.
      const at = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
      bytes.writeUInt32LE((0o120777 << 16) >>> 0, at + 38)
      return bytes
    }
    await expect(
      importBundle(written(entries(), linked), () => open(newSessionPath()))
    ).rejects.toThrow('has a link or device README.md')
  })
})
