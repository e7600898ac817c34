import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { EngineClient } from '@shared/protocol/engine-client'
import { LabError, transportedError } from '@shared/protocol/errors'
import type { ToEngine } from '@shared/protocol/messages'

function client() {
  const sent: ToEngine[] = []
  return { sent, client: new EngineClient((message) => sent.push(message)) }
}

test('answers go to the request they belong to, whatever their order', async () => {
  const { sent, client: engine } = client()
  const list = engine.request('run.list', {})
  const start = engine.request('run.cancel', { runId: 'a' })
  expect(sent.map(({ channel }) => channel)).toEqual(['run.list', 'run.cancel'])
  engine.receive({ type: 'failed', id: sent[1]!.id, error: { code: 'not-found', message: 'no a' } })
  engine.receive({ type: 'result', id: sent[0]!.id, payload: [] })
  await expect(list).resolves.toEqual([])
  await expect(start).rejects.toMatchObject({ code: 'not-found', message: 'no a' })
})

test('a result that is not of its schema is refused', async () => {
  const { sent, client: engine } = client()
  const request = engine.request('run.list', {})
  engine.receive({ type: 'result', id: sent[0]!.id, payload: [{ id: 1 }] })
  await expect(request).rejects.toBeInstanceOf(z.ZodError)
})

test('events reach their listeners until they unsubscribe; anything else is refused', () => {
  const { client: engine } = client()
  const listener = vi.fn()
  const stop = engine.on('runs.changed', listener)
  engine.receive({ type: 'event', name: 'runs.changed', payload: { runId: 'x' } })
  stop()
  engine.receive({ type: 'event', name: 'runs.changed', payload: { runId: 'y' } })
  expect(listener.mock.calls).toEqual([[{ runId: 'x' }]])
  expect(() => {
    engine.receive({ type: 'event', name: 'nothing', payload: {} })
  }).toThrow()
})

test('when the engine goes away, everything unanswered fails and says so', async () => {
  const { client: engine } = client()
  const request = engine.request('run.list', {})
  engine.close('the engine stopped')
  await expect(request).rejects.toMatchObject({
    code: 'engine-unavailable',
    message: 'the engine stopped'
  })
})

test('errors cross a boundary with a code and a message for people', () => {
  expect(transportedError(new LabError('diverged', 'too fast'))).toEqual({
    code: 'diverged',
    message: 'too fast'
  })
  const problem = z
    .object({ a: z.object({ b: z.number('must be a number') }) })
    .safeParse({ a: {} })
  expect(transportedError(problem.error)).toEqual({
    code: 'invalid-request',
    message: 'a.b: must be a number'
  })
  expect(transportedError(new TypeError('x'))).toEqual({ code: 'internal', message: 'x' })
})
