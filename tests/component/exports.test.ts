import { beforeEach, describe, expect, it, vi } from 'vitest'
import { figureSource } from '@shared/figures/figure-kinds'
import { initialSettings } from '../../src-renderer/state/export-settings'
import { Lab } from '../../src-renderer/state/lab.svelte'
import { fakeBridge } from './fixtures'

const figure = { source: figureSource('function', 'a', 0, 7) }
const run = { id: '0123abcd-9', name: 'Figure 3: “κ”, wide' }

function labAnswering(answer: unknown) {
  const { bridge } = fakeBridge()
  const invoke = vi.fn().mockResolvedValue(answer)
  const lab = new Lab({ ...bridge, invoke: invoke as never }, window)
  invoke.mockClear()
  return { lab, invoke, said: () => lab.notices.list.map(({ text }) => text) }
}

describe('exports', () => {
  beforeEach(() => {
    window.localStorage.clear()
  })

  it('save figures as on the screen, on white at 300 dots an inch, and say where', async () => {
    const { lab, invoke, said } = labAnswering('/tmp/figure.png')
    await lab.exports.saveFigure(figure, 'png')
    const [channel, request] = invoke.mock.lastCall as [string, Record<string, number>]
    expect(channel).toBe('figure:save')
    expect(request).toMatchObject({
      ...figure,
      ...{ format: 'png', theme: 'light', fontSize: 9, dotsPerInch: 300 },
      ...{ title: true, provenance: true }
    })
    expect(request['width']).toBeCloseTo(720, 9)
    expect(request['height']).toBeCloseTo(480, 9)
    expect(said()).toEqual(['Saved /tmp/figure.png'])
    invoke.mockResolvedValue(null)
    await lab.exports.saveFigure(figure, 'png')
    expect(said()).toHaveLength(1)
  })

  it('draw figures as last chosen, also in the next window', async () => {
    labAnswering(null).lab.exports.choose({
      ...initialSettings,
      ...{ widthMm: 85, heightMm: 68, theme: 'print' }
    })
    const { lab, invoke } = labAnswering(null)
    await lab.exports.copyFigure(figure)
    expect(invoke.mock.lastCall?.[0]).toBe('figure:copy')
    expect((invoke.mock.lastCall?.[1] as { width: number }).width).toBeCloseTo((85 / 25.4) * 96, 9)
    expect(invoke.mock.lastCall?.[1]).toMatchObject({ theme: 'print' })
  })

  it.each(['{', '{"widthMm":1}', 'null'])('ignore unsound settings: %s', (stored) => {
    window.localStorage.setItem('tangent-figure-export', stored)
    expect(labAnswering(null).lab.exports.settings).toEqual(initialSettings)
  })

  it('name the files of a run after it', async () => {
    const { lab, invoke } = labAnswering('/tmp/x')
    const name = '0123abcd-figure-3-wide'
    await lab.exports.saveData(run, 'npz', true)
    expect(invoke.mock.lastCall).toEqual([
      'data:save',
      { runId: run.id, format: 'npz', kernels: true, name }
    ])
    await lab.exports.saveBundle(run)
    expect(invoke.mock.lastCall).toEqual(['bundle:save', { runIds: [run.id], name }])
  })

  it('say what a bundle brought', async () => {
    const runs = [true, true, false].map((isNew) => ({ id: 'x', name: 'y', isNew }))
    const { lab, said } = labAnswering({ runs, datasets: [] })
    await lab.exports.openBundle()
    expect(said()).toEqual(['Imported 2 runs; 1 were there already'])
  })

  it('say what went wrong', async () => {
    const { lab, invoke, said } = labAnswering(null)
    invoke.mockRejectedValue(new Error('The disk is full.'))
    await lab.exports.saveReport('pdf')
    expect(said()).toEqual(['The disk is full.'])
  })
})
