import { describe, expect, it, vi } from 'vitest'
import { enginePortMessage } from '@shared/protocol/engine-port'
import type { EngineClient } from '@shared/protocol/engine-client'
import { EngineLink } from '../../src-renderer/state/engine-link'
import { fakeBridge } from './fixtures'

function linked() {
  let listener: (event: unknown) => void = () => undefined
  const page = {
    addEventListener: (_: string, given: typeof listener) => {
      listener = given
    },
    removeEventListener: () => {
      listener = () => undefined
    }
  } as unknown as Window
  const { bridge, asked, engineState } = fakeBridge()
  const clients: EngineClient[] = []
  const lost = vi.fn()
  const link = new EngineLink(bridge, page, {
    state: () => undefined,
    connected: (client) => clients.push(client),
    lost,
    failed: () => undefined
  })
  const stop = link.start()
  const give = (data: unknown = enginePortMessage, source: unknown = page) => {
    const port = {
      postMessage: vi.fn(),
      close: vi.fn(),
      onmessage: null as null | ((e: unknown) => void)
    }
    listener({ source, data, ports: [port] })
    return port
  }
  return { asked, engineState, clients, lost, give, stop }
}

describe('the link to the engine', () => {
  it('asks for a port once the engine is ready, and once only', () => {
    const { asked, engineState } = linked()
    engineState({ state: 'starting' })
    expect(asked).toEqual([])
    engineState({ state: 'ready' })
    engineState({ state: 'ready' })
    expect(asked).toEqual(['engine:connect'])
  })

  it('asks and answers over the port', async () => {
    const { engineState, clients, give } = linked()
    engineState({ state: 'ready' })
    const port = give()
    const answer = clients[0]!.request('run.start', { experiment: {} as never })
    expect(port.postMessage).toHaveBeenCalledWith(
      expect.objectContaining({ type: 'request', id: 1, channel: 'run.start' })
    )
    port.onmessage?.({ data: { type: 'result', id: 1, payload: { runId: 'run-1' } } })
    await expect(answer).resolves.toEqual({ runId: 'run-1' })
  })

  it('takes no port from another source or message', () => {
    const { engineState, clients, give } = linked()
    engineState({ state: 'ready' })
    give('something else')
    give(enginePortMessage, {})
    expect(clients).toEqual([])
  })

  it('fails what was asked when the engine ends, and connects again when it is back', async () => {
    const { asked, engineState, clients, lost, give } = linked()
    engineState({ state: 'ready' })
    const port = give()
    const answer = clients[0]!.request('run.list', {})
    engineState({ state: 'restarting', reason: 'It ended with exit code 137.' })
    await expect(answer).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: 'It ended with exit code 137.'
    })
    expect(lost).toHaveBeenCalledOnce()
    expect(port.close).toHaveBeenCalledOnce()
    engineState({ state: 'ready' })
    give()
    expect(asked).toEqual(['engine:connect', 'engine:connect'])
    expect(clients).toHaveLength(2)
  })

  it('stops listening', () => {
    const { engineState, clients, give, stop, lost } = linked()
    engineState({ state: 'ready' })
    give()
    stop()
    give()
    expect(lost).toHaveBeenCalledOnce()
    expect(clients).toHaveLength(1)
  })
})
