import { describe, expect, it, vi } from 'vitest'
import { LabError } from '@shared/protocol/errors'
import { figureSource } from '@shared/figures/figure-kinds'
import { Lab } from '../../src-renderer/state/lab.svelte'
import { fakeBridge } from './fixtures'

const fail = (code: LabError['code']) => () => Promise.reject(new LabError(code, `told: ${code}`))

describe('the lab', () => {
  it('says what the engine refused', async () => {
    const lab = new Lab(fakeBridge().bridge, window)
    lab.connection.engine = { state: 'ready' }
    lab.connection.client = {} as never
    await lab.attempt(fail('not-found'))
    await lab.attempt(fail('not-found'))
    expect(lab.notices.list.map(({ text }) => text)).toEqual(['told: not-found'])
  })

  it('leaves it to the banner that the engine has ended', async () => {
    const lab = new Lab(fakeBridge().bridge, window)
    lab.connection.engine = { state: 'restarting', reason: 'It ended.' }
    await lab.attempt(fail('engine-unavailable'))
    expect(lab.notices.list).toEqual([])
  })

  it('saves figures in the light theme at 300 dots an inch and says where', async () => {
    const { bridge } = fakeBridge()
    const invoke = vi.fn().mockResolvedValue('/tmp/figure.png')
    const lab = new Lab({ ...bridge, invoke: invoke as never }, window)
    const figure = { source: figureSource('function', 'a', 0, 7), format: 'png' } as const
    await lab.saveFigure(figure)
    expect(invoke).toHaveBeenCalledWith('figure:save', {
      ...figure,
      theme: 'light',
      width: 720,
      height: 480,
      dotsPerInch: 300
    })
    expect(lab.notices.list.map(({ text }) => text)).toEqual(['Saved /tmp/figure.png'])
    invoke.mockResolvedValue(null)
    await lab.saveFigure(figure)
    expect(lab.notices.list).toHaveLength(1)
  })
})
