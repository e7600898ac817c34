import { expect, test } from 'vitest'
import { runComparisonSchema } from '@shared/comparison/compare-runs'
import { runRecordSchema } from '@shared/organise/run-record'
import type { EngineEventName } from '@shared/protocol/channels'
import { organiseHandlers } from '../../src-main/engine/organise-handlers'
import { newSessionPath, open } from '../session/open'
import { figure, sampleEnsemble, sampleRun } from '../session/sample-values'

/** Handlers on a session with runs a and b, and the events that they tell. */
function organised() {
  const session = open(newSessionPath())
  for (const id of ['a', 'b']) {
    session.addRun(sampleRun(id))
    session.updateRun(id, { status: 'completed' })
  }
  const events: [EngineEventName, unknown][] = []
  const handlers = organiseHandlers(
    () => session,
    (name, payload) => {
      events.push([name, payload])
    }
  )
  return { session, events, handlers }
}

test('edits of runs answer what takes them back, and tell which run changed', async () => {
  const { session, events, handlers } = organised()
  const previous = await handlers['run.edit']({ edits: [{ runId: 'a', tags: ['x'] }] })
  expect(previous).toEqual({ edits: [{ runId: 'a', tags: [] }] })
  await handlers['run.edit']({
    edits: [
      { runId: 'a', archived: true },
      { runId: 'b', archived: true }
    ]
  })
  expect(session.listRuns().map(({ archived }) => archived)).toEqual([true, true])
  expect(events).toEqual([
    ['runs.changed', { runId: 'a' }],
    ['runs.changed', { runId: null }]
  ])
})

test('runs are deleted and restored; one that is computed is refused, and none is deleted', async () => {
  const { session, events, handlers } = organised()
  session.updateRun('b', { status: 'running' })
  expect(() => handlers['run.delete']({ runIds: ['a', 'b'] })).toThrow(
    '“run b” is running: cancel it before deleting it.'
  )
  expect(session.listRuns()).toHaveLength(2)
  await handlers['run.delete']({ runIds: ['a'] })
  expect(session.listRuns()).toHaveLength(1)
  await handlers['run.restore']({ runIds: ['a'] })
  expect(session.listRuns()).toHaveLength(2)
  expect(events).toEqual([
    ['runs.changed', { runId: 'a' }],
    ['runs.changed', { runId: 'a' }]
  ])
})

test('runs become rows of a table, newest first, and are compared', async () => {
  const { session, handlers } = organised()
  session.addEnsemble('a', sampleEnsemble(0), {})
  session.organiser.editRuns([{ runId: 'a', tags: ['x'] }])
  const records = await handlers['run.records']({})
  expect(records).toMatchObject([
    { runId: 'b', cells: { tags: [], widths: [200], status: 'completed' } },
    {
      runId: 'a',
      cells: {
        tags: ['x'],
        'surrogate.name': 'erf_prime',
        loss: 'mse',
        finalLoss: 1e-3,
        rmsZ: 1.02
      }
    }
  ])
  records.forEach((record) => runRecordSchema.parse(record))
  const comparison = await handlers['run.compare']({ runIds: ['b', 'a'], groupBy: null })
  expect(runComparisonSchema.parse(comparison)).toMatchObject({
    runs: [{ runId: 'b' }, { runId: 'a' }],
    differences: [],
    grouped: {
      groups: [{ runIds: ['a'], networks: 64, statistics: { finalLoss: { mean: 1e-3 } } }]
    }
  })
})

test('the session’s title and its figures change, and that is told', async () => {
  const { events, handlers } = organised()
  expect(await handlers['session.edit']({ title: 'Signs' })).toEqual({ title: '' })
  expect(await handlers['figure.save'](figure)).toEqual({ previous: null })
  expect(await handlers['figure.list']({})).toMatchObject([figure])
  expect(await handlers['figure.delete']({ id: figure.id })).toMatchObject(figure)
  expect(events).toEqual([
    ['session.changed', expect.objectContaining({ title: 'Signs' })],
    ['figures.changed', {}],
    ['figures.changed', {}]
  ])
})
