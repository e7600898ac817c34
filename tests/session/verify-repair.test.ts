import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { getTableColumns } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { finish } from '@shared/theory/stepwise'
import { jsonColumns } from '../../src-main/session/care/json-columns'
import { repairSession } from '../../src-main/session/care/repair'
import { tables } from '../../src-main/session/care/tables'
import { verifyFile } from '../../src-main/session/care/verify-file'
import { migrations } from '../../src-main/session/migrations/index'
import type { Session } from '../../src-main/session/session'
import { float64, int32 } from '../../src-main/session/stored-array'
import { contents } from './contents'
import { execute, executeWithoutReferences, pagesOf, rootPage, spoilPage } from './damage'
import { newSessionPath, open } from './open'
import { prediction, sampleDataset, sampleEnsemble, sampleRun } from './sample-values'

const verify = (path: string) => finish(verifyFile(path, '0.1.0'))
const code = (code: string): Error => expect.objectContaining({ code })

function repair(path: string) {
  const into = join(dirname(path), 'saved.tangent')
  const report = finish(repairSession(path, into, '0.1.0'))
  expect(verify(into)).toMatchObject({ isSound: true, format: migrations.length })
  return { into, report }
}

/** A complete ensemble; its outputs differ from those of every other. */
function addResults(session: Session, run: string, index: number): void {
  session.addEnsemble(run, sampleEnsemble(index), {
    steps: int32(Int32Array.of(0, 1)),
    testOutputs: float64(Float64Array.from({ length: 3000 }, (_, i) => Math.sin(i + 1000 * index))),
    losses: float64(Float64Array.of(1, index))
  })
}

/** Three completed runs with two ensembles each, a checkpoint and data. */
function filledSession(): string {
  const path = newSessionPath()
  const session = open(path)
  for (const run of ['a', 'b', 'c']) {
    session.addRun(sampleRun(run))
    session.addPrediction(run, prediction, { testMean: float64(Float64Array.of(0.1, -0, NaN)) })
    for (const index of [0, 1]) addResults(session, run, index)
    session.updateRun(run, { status: 'completed' })
  }
  const position = { membersDone: 0, blockMembers: 4, recordsDone: 1, step: 3 }
  const checkpoint = {
    ensembleIndex: 2,
    savedAt: '2026-11-24T12:00:30.000Z',
    position: { ...position, trainingMs: 1, flops: 1 }
  }
  session.saveCheckpoint('c', checkpoint, { losses: float64(Float64Array.of(1)) })
  session.updateRun('c', { status: 'paused' })
  session.addDataset(sampleDataset())
  session.close()
  return path
}

describe('verify', () => {
  test('finds nothing in a sound session, counts what is there, and changes nothing', () => {
    const path = filledSession()
    const bytes = readFileSync(path)
    expect(verify(path)).toMatchObject({
      isSound: true,
      format: migrations.length,
      rows: { run: 3, prediction: 3, ensemble: 6, array: 22, checkpoint: 1, dataset: 1 },
      findings: []
    })
    expect(verify(path).arrayBytes).toBe(3 * 24 + 6 * (8 + 24_000 + 16) + 8 + 48 + 12)
    expect(readFileSync(path).equals(bytes)).toBe(true)
    expect(readdirSync(dirname(path))).toEqual(['lab.tangent'])
  })

  test('reads sessions of earlier formats', () => {
    const path = newSessionPath()
    copyFileSync(join(import.meta.dirname, 'fixtures', 'format-2.sqlite'), path)
    expect(verify(path)).toMatchObject({ isSound: true, rows: { dataset: 1 } })
  })

  test.each([
    [
      "UPDATE array SET data = zeroblob(length(data)) WHERE name = 'losses' AND owner_index = 1 AND run_id = 'b'",
      'array',
      'its checksum is wrong'
    ],
    [
      "UPDATE array SET shape = '[3]' WHERE name = 'losses' AND owner_index = 1 AND run_id = 'b'",
      'array',
      'it has 16 bytes, not 24'
    ],
    [
      "UPDATE array SET dtype = 'int32' WHERE name = 'losses' AND owner_index = 1 AND run_id = 'b'",
      'array',
      'it has 16 bytes, not 8'
    ],
    [
      "UPDATE array SET shape = '[1.5]' WHERE name = 'losses' AND owner_index = 1 AND run_id = 'b'",
      'value',
      'shape'
    ],
    ["UPDATE run SET experiment = '{}' WHERE id = 'b'", 'value', 'experiment'],
    ["UPDATE run SET warnings = '[NaN]' WHERE id = 'b'", 'value', 'it is not JSON'],
    [
      "UPDATE ensemble SET agreement = replace(agreement, '0.01', '1e999') WHERE run_id = 'b' AND ensemble_index = 0",
      'value',
      'agreement'
    ],
    [
      "DELETE FROM ensemble WHERE run_id = 'b' AND ensemble_index = 1",
      'reference',
      'its ensemble is not there'
    ],
    [
      "UPDATE dataset_array SET data = zeroblob(length(data)) WHERE name = 'inputs'",
      'array',
      'its checksum is wrong'
    ],
    ["UPDATE dataset SET origin = '[]'", 'value', 'origin']
  ])('finds and names what another program changed: %s', (statement, kind, problem) => {
    const path = filledSession()
    expect(execute(path, statement)).toBe(1)
    const { isSound, findings } = verify(path)
    expect(isSound).toBe(false)
    expect(findings[0]).toMatchObject({ kind })
    expect(findings[0]?.problem).toContain(problem)
  })

  test('finds rows without what they refer to', () => {
    const path = filledSession()
    executeWithoutReferences(path, "DELETE FROM run WHERE id = 'b'")
    const { findings } = verify(path)
    expect(findings.filter(({ kind }) => kind === 'reference').length).toBeGreaterThan(5)
  })

  test('reports damaged pages, whichever they are', () => {
    const path = filledSession()
    const bytes = readFileSync(path)
    const pages = bytes.length / 4096
    let found = 0
    for (let page = 2; page <= pages; page++) {
      writeFileSync(path, bytes)
      spoilPage(path, page)
      const { isSound, findings } = verify(path)
      expect([page, isSound]).toEqual([page, false])
      found += findings.length
    }
    expect(found).toBeGreaterThan(pages)
  })

  test('refuses what is no session', () => {
    const path = newSessionPath()
    writeFileSync(path, 'notes\n'.repeat(1000))
    expect(() => verify(path)).toThrow(code('session-unusable'))
  })
})

describe('repair', () => {
  test('saves all of a sound session', () => {
    const path = filledSession()
    const before = contents(path)
    const { into, report } = repair(path)
    expect(report).toMatchObject({ lost: [], incompleteRuns: [], saved: { run: 3, array: 22 } })
    expect(contents(into)).toEqual(before)
  })

  test('leaves out an array with a wrong checksum, and lets its run compute it again', () => {
    const path = filledSession()
    execute(
      path,
      "UPDATE array SET data = zeroblob(length(data)) WHERE name = 'testOutputs' AND owner_index = 1 AND run_id = 'b'"
    )
    const { into, report } = repair(path)
    expect(report.lost).toMatchObject([{ kind: 'array', table: 'array' }])
    expect(report.incompleteRuns).toEqual([{ id: 'b', name: 'run b' }])
    const session = open(into)
    expect(session.showRun('b')).toMatchObject({ status: 'interrupted', ensembles: [{ index: 0 }] })
    expect(session.showRun('a')).toMatchObject({ status: 'completed', ensembles: [{}, {}] })
    expect(session.listArrays('b').every(({ ownerIndex }) => ownerIndex === 0)).toBe(true)
  })

  test('keeps a run whose warnings are damaged, and leaves out one whose experiment is', () => {
    const path = filledSession()
    execute(path, "UPDATE run SET warnings = 'no JSON', environment = '{}' WHERE id = 'a'")
    execute(path, "UPDATE run SET experiment = '{}' WHERE id = 'b'")
    const { into, report } = repair(path)
    expect(report.lost.map(({ column }) => column)).toEqual([
      'warnings',
      'environment',
      'experiment'
    ])
    const session = open(into)
    expect(session.listRuns().map(({ id }) => id)).toEqual(['c', 'a'])
    expect(session.showRun('a')).toMatchObject({ warnings: [], environment: null })
    expect(session.listArrays('a')).toHaveLength(7)
  })

  test('saves everything but what was on a damaged page', () => {
    const path = filledSession()
    const [page = 0] = pagesOf(path, 'array', 'overflow')
    spoilPage(path, page)
    const bytes = readFileSync(path)
    const { into, report } = repair(path)
    expect(readFileSync(path).equals(bytes)).toBe(true)
    expect(report.lost.length).toBeGreaterThan(0)
    const session = open(into)
    const ensembles = session.listRuns().flatMap((run) => run.ensembles)
    expect(session.listRuns()).toHaveLength(3)
    expect(ensembles).toHaveLength(5)
  })

  test('reaches the rows behind a damaged leaf', () => {
    const path = filledSession()
    const leaves = pagesOf(path, 'array', 'leaf')
    expect(leaves.length).toBeGreaterThan(1)
    spoilPage(path, leaves[Math.floor(leaves.length / 2)] ?? 0)
    const { report } = repair(path)
    expect(report.lost.some(({ problem }) => problem.includes('not all rows there'))).toBe(true)
    expect(report.saved['array']).toBeGreaterThan(0)
    expect(report.saved['run']).toBe(3)
  })

  test('saves the other tables where one is lost as a whole', () => {
    const path = filledSession()
    spoilPage(path, rootPage(path, 'dataset'))
    const { into, report } = repair(path)
    expect(report.saved).toMatchObject({ run: 3, ensemble: 6, dataset: 0, dataset_array: 0 })
    expect(open(into).listRuns()).toHaveLength(3)
  })

  test('goes through any damaged page without failing, and never changes the file', () => {
    const path = filledSession()
    const bytes = readFileSync(path)
    const ofSchema = pagesOf(path, 'sqlite_schema')
    for (let page = 2; page <= bytes.length / 4096; page++) {
      if (ofSchema.includes(page)) continue
      const damaged = join(dirname(path), `page-${page}.tangent`)
      writeFileSync(damaged, bytes)
      spoilPage(damaged, page)
      const spoiled = readFileSync(damaged)
      finish(repairSession(damaged, join(dirname(path), `saved-${page}.tangent`), '0.1.0'))
      expect(readFileSync(damaged).equals(spoiled)).toBe(true)
    }
  })

  test('brings sessions of earlier formats to the newest', () => {
    const path = newSessionPath()
    copyFileSync(join(import.meta.dirname, 'fixtures', 'format-1.sqlite'), path)
    const { into, report } = repair(path)
    expect(report.lost).toEqual([])
    expect(open(into).listRuns()).toHaveLength(1)
  })

  test('refuses a name that is taken, and what is no session; nothing is left behind', () => {
    const path = filledSession()
    const taken = join(dirname(path), 'taken.tangent')
    writeFileSync(taken, 'mine')
    expect(() => finish(repairSession(path, taken, '0.1.0'))).toThrow(code('file-problem'))
    expect(readFileSync(taken, 'utf8')).toBe('mine')
    const into = join(dirname(path), 'saved.tangent')
    expect(() => finish(repairSession(taken, into, '0.1.0'))).toThrow(code('session-unusable'))
    spoilSchema(path)
    expect(() => finish(repairSession(path, into, '0.1.0'))).toThrow(code('session-damaged'))
    expect(readdirSync(dirname(path))).toEqual(['lab.tangent', 'taken.tangent'])
  })
})

test('every column of text is known to hold JSON or to hold none', () => {
  const plain =
    'id name status created_at started_at finished_at config_hash problem run_id label owner_kind dtype ' +
    'sha256 dataset_sha256 saved_at note group_name tag title changed_at study size study_id part'
  const unknown = tables
    .flatMap((table) => Object.values(getTableColumns(table)))
    .filter((column) => column.getSQLType() === 'text' && !jsonColumns.has(column))
    .map(({ name }) => name)
    .filter((name) => !plain.split(' ').includes(name))
  expect(unknown).toEqual([])
})

/** Overwrites the list of tables, on the first page behind the file's header. */
function spoilSchema(path: string): void {
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.fill(0xa5, 100, 4096))
}
