import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { experimentSchema } from '@shared/design/experiment'
import { runDetailSchema, runStatuses, runSummarySchema } from '@shared/protocol/results'
import { canonicalJson, configHash } from '../../src-main/session/config-hash'
import { int32 } from '../../src-main/session/stored-array'
import { newSessionPath, open } from './open'
import {
  agreement,
  environment,
  experiment,
  prediction,
  sampleEnsemble,
  sampleRun,
  unlabelled
} from './sample-values'

describe('runs', () => {
  test('a run comes back as it was put in, after closing and opening', () => {
    const path = newSessionPath()
    const session = open(path)
    session.addRun(sampleRun('a', { warnings: ['wide'], seed: 0xffffffff }))
    session.updateRun('a', {
      status: 'completed',
      startedAt: '2026-11-24T12:00:01.000Z',
      finishedAt: '2026-11-24T12:01:00.000Z',
      wallTimeMs: 59_000.5,
      environment
    })
    session.addPrediction('a', prediction, {})
    session.addEnsemble('a', sampleEnsemble(0), { steps: int32(Int32Array.of(0, 10, 3000)) })
    const before = session.showRun('a')
    session.close()
    const again = open(path)
    const detail = again.showRun('a')
    expect(detail).toEqual(before)
    expect(runDetailSchema.parse(detail)).toEqual({
      id: 'a',
      name: 'run a',
      ...unlabelled,
      status: 'completed',
      seed: 0xffffffff,
      createdAt: '2026-11-24T12:00:00.000Z',
      startedAt: '2026-11-24T12:00:01.000Z',
      finishedAt: '2026-11-24T12:01:00.000Z',
      wallTimeMs: 59_000.5,
      configHash: configHash(experiment),
      problem: null,
      experiment,
      environment,
      stepSize: 0.1 / 15,
      warnings: ['wide'],
      recordedSteps: [0, 10, 3000],
      ensembles: [
        {
          ...{ index: 0, width: 200, conditionLabel: 'κ = 0.2', agreement, finalLoss: 1e-3 },
          ...{ trainingMs: 1200.5, flops: 3e9 }
        }
      ]
    })
    expect(again.readPrediction('a', 0)).toEqual(prediction)
    expect(again.readEnsemble('a', 0)).toEqual(sampleEnsemble(0))
  })

  test('a new run is queued, without results', () => {
    const session = open(newSessionPath())
    session.addRun(sampleRun('a'))
    expect(session.showRun('a')).toMatchObject({
      status: 'queued',
      environment: null,
      finishedAt: null,
      ensembles: [],
      recordedSteps: []
    })
  })

  test('every status can be stored, and a problem set and taken back', () => {
    const session = open(newSessionPath())
    session.addRun(sampleRun('a'))
    for (const status of runStatuses) {
      session.updateRun('a', { status, problem: 'diverged' })
      expect(session.showRun('a')).toMatchObject({ status, problem: 'diverged' })
    }
    session.updateRun('a', { problem: null })
    session.updateRun('a', {})
    expect(session.showRun('a').problem).toBeNull()
  })

  test('a thousand runs are listed newest first, also when the clock stood still', () => {
    const path = newSessionPath()
    const first = open(path)
    first.addRun(sampleRun('run-0'))
    first.close()
    // In one transaction: a thousand calls of addRun would wait for the disk a thousand times.
    const raw = new Database(path)
    const others = Object.keys(raw.prepare('SELECT * FROM run').get() as object)
      .filter((column) => column !== 'number' && column !== 'id')
      .join()
    raw.exec(`
      WITH RECURSIVE counter (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM counter WHERE i < 999)
      INSERT INTO run (id, ${others}) SELECT 'run-' || i, ${others} FROM counter, run
    `)
    raw.close()
    const session = open(path)
    const ids = Array.from({ length: 1000 }, (_, i) => `run-${i}`)
    for (let i = 0; i < 3; i++) session.addEnsemble('run-7', sampleEnsemble(2 - i), {})
    const list = session.listRuns()
    expect(list.map(({ id }) => id)).toEqual(ids.reverse())
    expect(list.find(({ id }) => id === 'run-7')?.ensembles.map(({ index }) => index)).toEqual([
      0, 1, 2
    ])
    expect(() => list.map((run) => runSummarySchema.parse(run))).not.toThrow()
  })

  test('later results replace earlier ones of the same place, with all their arrays', () => {
    const session = open(newSessionPath())
    session.addRun(sampleRun('a'))
    const steps = int32(Int32Array.of(1))
    session.addEnsemble('a', sampleEnsemble(0), { steps, old: steps })
    session.addEnsemble('a', { ...sampleEnsemble(0), finalLoss: null, agreement: null }, { steps })
    session.addPrediction('a', prediction, { old: steps })
    session.addPrediction('a', { ...prediction, sweepValue: null }, { mean: steps })
    expect(session.readEnsemble('a', 0)).toMatchObject({ finalLoss: null, agreement: null })
    expect(session.readPrediction('a', 0).sweepValue).toBeNull()
    expect(session.listArrays('a').map(({ ownerKind, name }) => [ownerKind, name])).toEqual([
      ['ensemble', 'steps'],
      ['prediction', 'mean']
    ])
  })

  test('what is not there is reported as not found', () => {
    const session = open(newSessionPath())
    session.addRun(sampleRun('a'))
    const notFound = expect.objectContaining({ code: 'not-found' }) as unknown
    const attempts = [
      () => session.showRun('b'),
      () => {
        session.updateRun('b', { status: 'failed' })
      },
      () => {
        session.updateRun('b', {})
      },
      () => {
        session.addEnsemble('b', sampleEnsemble(0), {})
      },
      () => {
        session.addPrediction('b', prediction, {})
      },
      () => session.readEnsemble('a', 0),
      () => session.readPrediction('a', 0),
      () => session.readArray('a', 'ensemble', 0, 'steps'),
      () => session.readArray('b', 'ensemble', 0, 'steps'),
      () => session.listArrays('b')
    ]
    for (const attempt of attempts) expect(attempt).toThrow(notFound)
  })

  test('numbers that JSON cannot hold are refused before anything is written', () => {
    const session = open(newSessionPath())
    session.addRun(sampleRun('a'))
    const diverged = { ...sampleEnsemble(0), agreement: { ...agreement, rmse: NaN } }
    expect(() => {
      session.addEnsemble('a', diverged, {})
    }).toThrow(/rmse/)
    expect(session.showRun('a').ensembles).toEqual([])
  })

  test('keys of the environment that this version does not know are kept', () => {
    const session = open(newSessionPath())
    session.addRun(sampleRun('a'))
    const newer = { ...environment, gpuDriver: '999' }
    session.updateRun('a', { environment: newer })
    expect(session.showRun('a').environment).toEqual(newer)
  })

  test('the summary counts runs and names the file', () => {
    const path = newSessionPath()
    const session = open(path)
    session.addRun(sampleRun('a'))
    expect(session.summary()).toMatchObject({
      path,
      name: 'lab',
      runCount: 1,
      interruptedOnOpen: 0
    })
    expect(session.summary().fileBytes).toBeGreaterThan(4096)
  })
})

describe('configHash', () => {
  test('depends on values, not on the order of keys', () => {
    const reordered = Object.fromEntries(Object.entries(experiment).reverse())
    expect(configHash(experimentSchema.parse(reordered))).toBe(configHash(experiment))
    expect(configHash({ ...experiment, seed: 2 })).not.toBe(configHash(experiment))
    expect(configHash(experiment)).toMatch(/^[0-9a-f]{64}$/)
  })

  test('canonical JSON sorts keys at every depth and leaves arrays alone', () => {
    expect(canonicalJson({ b: [2, { d: null, c: 'x' }], a: 1 })).toBe(
      '{"a":1,"b":[2,{"c":"x","d":null}]}'
    )
  })
})
