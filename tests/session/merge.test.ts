import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { figureSourceSchema } from '@shared/figures/figure-source'
import { finish } from '@shared/theory/stepwise'
import { mergeSessions } from '../../src-main/session/care/merge'
import { verifyFile } from '../../src-main/session/care/verify-file'
import type { Session } from '../../src-main/session/session'
import { float64 } from '../../src-main/session/stored-array'
import { contents } from './contents'
import { execute } from './damage'
import { newSessionPath, open } from './open'
import {
  classified,
  experiment,
  figure as sampleFigure,
  prediction,
  sampleDataset,
  sampleEnsemble,
  sampleRun
} from './sample-values'

/** The UUID of a test's run: ids that figures name are recognised as such. */
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const code = (code: string): Error => expect.objectContaining({ code })

function session(fill: (session: Session) => void): string {
  const path = newSessionPath()
  const made = open(path)
  fill(made)
  made.close()
  return path
}

/** A completed run of the sample experiment with another seed; its numbers tell it from others. */
function addRun(to: Session, n: number, seed: number, value = n): void {
  const createdAt = `2026-11-24T12:00:${String(n).padStart(2, '0')}.000Z`
  to.addRun(sampleRun(id(n), { experiment: { ...experiment, seed }, seed, createdAt }))
  to.addPrediction(id(n), prediction, { testMean: float64(Float64Array.of(value)) })
  to.addEnsemble(id(n), sampleEnsemble(0), { losses: float64(Float64Array.of(value, -0)) })
  to.updateRun(id(n), { status: 'completed' })
}

function merge(first: string, second: string) {
  const into = join(dirname(first), `merged-${readdirSync(dirname(first)).length}.tangent`)
  const report = finish(mergeSessions([first, second], into, '0.1.0'))
  expect(finish(verifyFile(into, '0.1.0')).findings).toEqual([])
  return { into, report }
}

describe('a merged session', () => {
  test('has the runs of both, pooled by seed, in the order in which they were made', () => {
    const a = session((to) => {
      addRun(to, 1, 11)
      addRun(to, 4, 14)
    })
    const b = session((to) => {
      addRun(to, 2, 12)
      addRun(to, 3, 13)
    })
    const before = [readFileSync(a), readFileSync(b)]
    const { into, report } = merge(a, b)
    expect(report).toEqual({
      runs: [2, 2],
      duplicates: 0,
      experiments: [{ name: experiment.name, seeds: [11, 12, 13, 14] }],
      datasets: 0
    })
    const merged = open(into)
    expect(merged.listRuns().map((run) => run.id)).toEqual([4, 3, 2, 1].map(id))
    for (const n of [1, 2, 3, 4]) {
      expect(merged.readArray(id(n), 'ensemble', 0, 'losses').data).toEqual(Float64Array.of(n, -0))
      expect(merged.readArray(id(n), 'prediction', 0, 'testMean').data).toEqual(Float64Array.of(n))
    }
    expect([readFileSync(a), readFileSync(b)].map((bytes, i) => bytes.equals(before[i]!))).toEqual([
      true,
      true
    ])
  })

  test('has the same experiment with the same seed once: the most advanced run', () => {
    const a = session((to) => {
      addRun(to, 1, 11)
      to.updateRun(id(1), { status: 'paused' })
      addRun(to, 3, 13)
    })
    const b = session((to) => {
      addRun(to, 2, 11)
      addRun(to, 4, 13)
    })
    const { into, report } = merge(a, b)
    expect(report).toMatchObject({ runs: [1, 1], duplicates: 2 })
    const merged = open(into)
    expect(merged.listRuns().map((run) => run.id)).toEqual([id(3), id(2)])
    expect(merged.listArrays(id(2))).toHaveLength(2)
  })

  test('of a session with itself, or with one it was merged from, is the same', () => {
    const a = session((to) => {
      addRun(to, 1, 11)
      to.organiser.editRuns([{ runId: id(1), tags: ['good'], note: 'first' }])
      to.addDataset(sampleDataset())
    })
    const b = session((to) => {
      addRun(to, 2, 11)
      addRun(to, 3, 13)
      to.organiser.editRuns([{ runId: id(2), tags: ['again'], note: 'second' }])
    })
    const once = merge(a, b).into
    expect(contents(merge(a, a).into)).toEqual(contents(a))
    for (const [first, second] of [
      [once, b],
      [once, a],
      [once, once]
    ] as const) {
      expect(contents(merge(first, second).into)).toEqual(contents(once))
    }
  })

  test('keeps labels and figures of runs that are left out, under the run that was kept', () => {
    const source = (run: number) =>
      figureSourceSchema.parse({ kind: 'function', runId: id(run), ensembleIndex: 0 })
    const figure = (name: string, run: number) => ({
      ...{ id: name, name },
      spec: { ...sampleFigure.spec, source: source(run) }
    })
    const a = session((to) => {
      addRun(to, 1, 11)
      to.organiser.editRuns([{ runId: id(1), tags: ['good'], note: 'first' }])
      to.organiser.editInfo({ title: 'Office', note: 'about A' })
      to.organiser.saveFigure(figure('one', 1))
    })
    const b = session((to) => {
      addRun(to, 2, 11)
      to.organiser.editRuns([{ runId: id(2), tags: ['again', 'good'], note: 'second', group: 'G' }])
      to.organiser.editInfo({ title: 'Cluster', note: 'about B' })
      to.organiser.saveFigure(figure('two', 2))
    })
    const merged = open(merge(a, b).into)
    expect(merged.listRuns()).toMatchObject([
      { id: id(1), tags: ['again', 'good'], note: 'first\n\nsecond', group: 'G' }
    ])
    expect(merged.summary()).toMatchObject({ title: 'Office', note: 'about A\n\nabout B' })
    expect(merged.organiser.listFigures().map(({ spec }) => spec.source)).toEqual([
      source(1),
      source(1)
    ])
  })

  test('has each data set once', () => {
    const other = { ...classified, inputNames: ['x', 'y'] }
    const a = session((to) => to.addDataset(sampleDataset()))
    const b = session((to) => {
      to.addDataset(sampleDataset(classified, { name: 'the same' }))
      to.addDataset(sampleDataset(other))
    })
    const { into, report } = merge(a, b)
    expect(report.datasets).toBe(2)
    const merged = open(into)
    expect(merged.listDatasets().map(({ sha256 }) => merged.readDataset(sha256))).toEqual([
      classified,
      other
    ])
  })

  test('gives one of two different runs with the same id another one, always the same', () => {
    const a = session((to) => {
      addRun(to, 1, 11)
    })
    const b = session((to) => {
      addRun(to, 1, 12, 99)
    })
    const { into } = merge(a, b)
    const merged = open(into)
    const ids = merged.listRuns().map((run) => run.id)
    expect(new Set(ids).size).toBe(2)
    const other = ids.find((one) => one !== id(1)) ?? ''
    expect(other).toMatch(/^[0-9a-f-]{36}$/)
    expect(merged.readArray(other, 'ensemble', 0, 'losses').data[0]).toBe(99)
    merged.close()
    expect(contents(merge(into, b).into)).toEqual(contents(into))
  })

  test('has no deleted runs', () => {
    const a = session((to) => {
      addRun(to, 1, 11)
      addRun(to, 2, 12)
    })
    execute(a, `UPDATE run SET deleted = 1 WHERE id = '${id(1)}'`)
    const merged = open(
      merge(
        a,
        session(() => undefined)
      ).into
    )
    expect(merged.listRuns().map((run) => run.id)).toEqual([id(2)])
  })
})

test('is refused where the name is taken or a session is damaged; nothing is left behind', () => {
  const a = session((to) => {
    addRun(to, 1, 11)
  })
  const b = session((to) => {
    addRun(to, 2, 12)
  })
  const into = join(dirname(a), 'merged.tangent')
  writeFileSync(into, 'mine')
  expect(() => finish(mergeSessions([a, b], into, '0.1.0'))).toThrow(code('file-problem'))
  expect(readFileSync(into, 'utf8')).toBe('mine')
  execute(b, "UPDATE run SET experiment = '{}'")
  const free = join(dirname(a), 'free.tangent')
  expect(() => finish(mergeSessions([a, b], free, '0.1.0'))).toThrow(code('session-unusable'))
  writeFileSync(b, 'notes\n'.repeat(1000))
  expect(() => finish(mergeSessions([a, b], free, '0.1.0'))).toThrow(code('session-unusable'))
  expect(readdirSync(dirname(a)).sort()).toEqual(['lab.tangent', 'merged.tangent'])
})
