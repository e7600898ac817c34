import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { datasetSchema } from '@shared/design/dataset'
import type { Experiment } from '@shared/design/experiment'
import type { FigureKind, FigureSource, SourceOf } from '@shared/figures/figure-source'
import { runFigureKinds } from '@shared/figures/figure-kinds'
import type { Plot, PlotSeries } from '@shared/figures/plot'
import type { RunDetail } from '@shared/protocol/results'
import { Engine } from '../../src-main/engine/engine'
import { smallExperiment } from '../support/small-experiment'

let folder: string
let engine: Engine
/** erf networks of two widths and two m that recorded their kernels, on a circle. */
let swept: RunDetail
/** The same of another seed. */
let again: RunDetail
/** Sign networks that classify points of the plane. */
let classified: RunDetail

async function finished(changes: Partial<Experiment>): Promise<RunDetail> {
  const { runId } = await engine.handle('run.start', { experiment: smallExperiment(changes) })
  await engine.idle()
  return engine.handle('run.show', { runId })
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-figures-'))
  engine = new Engine(() => undefined)
  await engine.handle('session.open', { path: join(folder, 'lab.tangent') })
  const { design } = smallExperiment()
  const sweep: Partial<Experiment> = {
    design: { ...design, activation: { name: 'erf', m: 2, theta: 0 } },
    sweep: { parameter: 'activation.m', values: [2, 5] },
    empiricalKernels: { at: 'recorded', members: 4, standIn: null }
  }
  swept = await finished(sweep)
  again = await finished({ ...sweep, seed: 77 })
  classified = await finished({
    data: datasetSchema.parse({ kind: 'xor', trainCount: 12, testCount: 20, seed: 3 })
  })
})

afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const offered = async (run: RunDetail, ensembleIndex = 0) =>
  engine.handle('figure.offer', { runId: run.id, ensembleIndex, step: null })

async function figure<K extends FigureKind>(
  run: RunDetail,
  kind: K,
  changes: Partial<SourceOf<K>> = {}
): Promise<Plot> {
  const found = (await offered(run)).find(({ source }) => source.kind === kind)
  if (!found) throw new Error(`no figure ${kind}`)
  return engine.handle('figure.data', { source: { ...found.source, ...changes }, edits: {} })
}

function series<K extends PlotSeries['kind']>(plot: Plot, kind: K, name: string, panel = 0) {
  const found = plot.panels[panel]?.series.find((one) => one.kind === kind && one.name === name)
  if (!found) throw new Error(`no ${kind} ${name}`)
  return found as Extract<PlotSeries, { kind: K }>
}

const numbersOf = (plot: Plot): number[] =>
  plot.panels.flatMap((panel) =>
    panel.series.flatMap((one) =>
      Object.values(one).flatMap((value) => (value instanceof Float64Array ? [...value] : []))
    )
  )

describe('figures of runs', () => {
  test('are offered where a run has their data, with the reason where it has not', async () => {
    const without = async (run: RunDetail) =>
      Object.fromEntries(
        (await offered(run)).flatMap(({ source, objection }) =>
          objection === null ? [] : [[source.kind, objection]]
        )
      )
    expect(Object.keys(await without(swept))).toEqual(['confusion'])
    expect(Object.keys(await without(classified))).toEqual([
      ...['kernel-slices', 'kernel-error', 'kernel-drift']
    ])
    expect((await without(classified))['kernel-drift']).toContain('did not record the kernels')
  })

  test.each(runFigureKinds)('%s is drawn with numbers wherever it is offered', async (kind) => {
    let drawn = 0
    for (const run of [swept, classified]) {
      const offer = (await offered(run, 1)).find(({ source }) => source.kind === kind)
      if (!offer || offer.objection !== null) continue
      drawn++
      const plot = await engine.handle('figure.data', { source: offer.source, edits: {} })
      const all = numbersOf(plot)
      expect(all.filter(Number.isFinite).length).toBeGreaterThan(0.9 * all.length)
      const { bytes } = await engine.handle('figure.render', {
        ...{ source: offer.source, theme: 'print', width: 660, height: 360 },
        ...{ format: 'svg', dotsPerInch: 300 }
      })
      expect(Buffer.from(bytes).toString()).not.toMatch(/NaN|undefined|Infinity/)
    }
    expect(drawn).toBeGreaterThan(0)
  })

  test('refuse what a run does not have', async () => {
    await expect(figure(classified, 'kernel-drift')).rejects.toThrow(/did not record the kernels/)
    await expect(figure(swept, 'confusion')).rejects.toThrow(/no classes/)
    await expect(figure(swept, 'function', { step: 7777 })).rejects.toThrow(/7777 was not recorded/)
    await expect(figure(swept, 'function', { input: 2 })).rejects.toThrow(/inputs 0 to 1/)
    await expect(figure(swept, 'kernel-slices', { trainingPoint: 8 })).rejects.toThrow(/0 to 7/)
  })
})

describe('the numbers in figures', () => {
  test('kernel errors are those that the run says of itself', async () => {
    const plot = await figure(swept, 'kernel-error')
    const map = await figure(swept, 'kernel-map', { ensembleIndex: 0, step: 60 })
    const { values: analytic } = series(map, 'heatmap', 'analytic SG-NTK')
    const norm = analytic.reduce((sum, value) => sum + value * value, 0) / analytic.length
    const stated = swept.ensembles[0]?.agreement?.kernelErrors?.at(-1)
    // Column 1: the last step; the first of the widths.
    const relative = Math.sqrt(
      (series(plot, 'line', 'error of the mean kernel', 1).y[0] ?? NaN) / norm
    )
    expect(relative).toBeCloseTo(stated?.ofMean ?? NaN, 6)
    const { ys } = series(plot, 'members', 'single networks', 1)
    const mean =
      ys.reduce((sum, errors) => sum + Math.sqrt((errors[0] ?? NaN) / norm), 0) / ys.length
    expect(mean).toBeCloseTo(stated?.ofNetworks ?? NaN, 6)
  })

  test('every predicted mode shrinks by |1 − ηλ| a step, from |wᵀy|', async () => {
    const plot = await figure(swept, 'residual-modes')
    const spectrum = await figure(swept, 'spectrum')
    const sizes = series(spectrum, 'points', 'm = 2').y
    const predicted = plot.panels[0]?.series.filter(({ name }) => name.endsWith('predicted')) ?? []
    expect(predicted).toHaveLength(7)
    predicted.forEach((line, mode) => {
      if (line.kind !== 'line') throw new Error('a line')
      const rate = Math.abs(1 - swept.stepSize * (sizes[mode] ?? NaN))
      line.x.forEach((step, i) => {
        expect(line.y[i]! / line.y[0]!).toBeCloseTo(rate ** step, 8)
      })
    })
  })

  test('a slice of the kernel is a column of its map', async () => {
    const map = series(await figure(swept, 'kernel-map'), 'heatmap', 'analytic SG-NTK')
    const slice = series(await figure(swept, 'kernel-slices'), 'line', 'analytic SG-NTK')
    const column = Math.floor(map.x.length / 2)
    expect([...slice.y]).toEqual(
      [...slice.y.keys()].map((row) => map.values[row * map.x.length + column])
    )
  })

  test('z-scores at the last step have the root mean square that the run says', async () => {
    const plot = await figure(swept, 'z-scores')
    const stated = swept.ensembles[0]?.agreement
    expect(series(plot, 'line', 'rms z', 1).y.at(-1)).toBeCloseTo(stated?.rmsZ ?? NaN, 5)
    const { values, x } = series(plot, 'heatmap', 'z')
    const last = values.subarray(-x.length)
    expect(last.reduce((most, z) => Math.max(most, Math.abs(z)), 0)).toBeCloseTo(
      stated?.maxAbsZ ?? NaN,
      5
    )
  })

  test('the share of networks in the central 95 % is that of the run', async () => {
    const plot = await figure(swept, 'calibration')
    const line = series(plot, 'line', 'networks', 1)
    const at = line.x.findIndex((level) => level >= 0.95)
    const [below, above] = [line.y[at - 1] ?? NaN, line.y[at] ?? NaN]
    const stated = swept.ensembles[0]?.agreement?.membersInBand ?? NaN
    expect(stated).toBeGreaterThanOrEqual(below - 1e-9)
    expect(stated).toBeLessThanOrEqual(above + 0.02)
  })

  test('the map of the plane is the prediction at the test points', async () => {
    const plot = await figure(classified, 'decision-map')
    const { x, y, values } = series(plot, 'heatmap', 'predicted mean')
    const view = await engine.handle('run.function', {
      ...{ runId: classified.id, ensembleIndex: 0, step: null, maximumMembers: 0 }
    })
    const sign = (value: number) => Math.sign(Math.round(value * 5))
    // Corners of the square are deep inside their classes.
    const at = (a: number, b: number): number => {
      const closest = (centres: Float64Array, to: number) =>
        centres.reduce(
          (best, c, i) => (Math.abs(c - to) < Math.abs(centres[best]! - to) ? i : best),
          0
        )
      return values[closest(y, b) * x.length + closest(x, a)] ?? NaN
    }
    expect([at(1, 1), at(-1, -1), at(1, -1), at(-1, 1)].map(sign)).toEqual([-1, -1, 1, 1])
    expect(view.predictedMean?.some((mean) => mean > 0)).toBe(true)
  })

  test('confusions count every test point once', async () => {
    const plot = await figure(classified, 'confusion')
    expect(plot.panels.map(({ title }) => title.split(':')[0])).toEqual([
      ...['networks', 'theory and networks', 'limit of sharp steps']
    ])
    for (const { series: all } of plot.panels) {
      const [counts] = all
      if (counts?.kind !== 'heatmap') throw new Error('a heatmap')
      expect(counts.values.reduce((sum, count) => sum + count, 0)).toBe(20)
    }
  })
})

describe('figures of several runs', () => {
  const draw = (source: FigureSource) => engine.handle('figure.data', { source, edits: {} })
  const runIds = () => [swept.id, again.id]

  test('results are means over seeds, a series for each value of a parameter', async () => {
    const source = {
      kind: 'results',
      runIds: runIds(),
      across: 'width',
      by: 'activation.m'
    } as const
    const plot = await draw({ ...source, result: 'rmse' })
    const [first, second] = [swept, again].map(({ ensembles }) =>
      ensembles.map(({ agreement }) => agreement?.rmse ?? NaN)
    )
    // Ensembles are ordered by condition, then width.
    for (const [m, from] of [
      [2, 0],
      [5, 2]
    ] as const) {
      const { x, y, yError } = series(plot, 'points', `design.activation.m = ${m}`)
      expect([...x]).toEqual([24, 32])
      y.forEach((mean, i) => {
        const [a = NaN, b = NaN] = [first?.[from + i], second?.[from + i]]
        expect(mean).toBeCloseTo((a + b) / 2, 12)
        // Student's 97.5 % quantile of one degree of freedom, times s/√2 = |a − b|/2.
        expect(yError?.[i]).toBeCloseTo((12.7062047 * Math.abs(a - b)) / 2, 6)
      })
    }
    await expect(draw({ ...source, across: 'colour', result: 'rmse' })).rejects.toThrow(/colour/)
  })

  test('kernel errors are pooled over the networks of all runs', async () => {
    const plot = await draw({ kind: 'kernel-errors', runIds: [...runIds(), classified.id] })
    expect(plot.panels.map(({ title }) => title)).toEqual(['before training', 'after training'])
    const points = plot.panels[0]?.series.find(
      ({ kind, name }) => kind === 'points' && name.startsWith('design.activation.m = 2')
    )
    if (points?.kind !== 'points') throw new Error('no points')
    const single = await Promise.all(
      [swept, again].map(async (run) =>
        series(await figure(run, 'kernel-error'), 'members', 'single networks')
      )
    )
    points.y.forEach((mean, i) => {
      const all = single.flatMap(({ ys }) => ys.map((errors) => errors[i] ?? NaN))
      expect(all).toHaveLength(8)
      expect(mean).toBeCloseTo(all.reduce((sum, error) => sum + error, 0) / 8, 10)
    })
    await expect(draw({ kind: 'kernel-errors', runIds: [classified.id] })).rejects.toThrow(
      /none of these runs recorded the kernels/
    )
  })

  test('what is predicted of several ensembles is drawn once', async () => {
    const ensembles = [swept, again].flatMap(({ id }) =>
      [0, 1, 2].map((ensembleIndex) => ({ runId: id, ensembleIndex }))
    )
    const plot = await draw({ kind: 'overlay', ensembles, step: null, input: null })
    const names = plot.panels[0]?.series.map(({ name }) => name) ?? []
    const predictions = names.filter((name) => name.includes('prediction'))
    expect(predictions.map((name) => name.slice(-'2: SG-NTK prediction'.length))).toEqual([
      ...['2: SG-NTK prediction', '5: SG-NTK prediction']
    ])
    expect(names.filter((name) => /^width 24, .*, seed 77$/.test(name))).toHaveLength(2)
  })

  test('losses over one another are those of the runs', async () => {
    const ensembles = [swept, again].map(({ id }) => ({ runId: id, ensembleIndex: 1 }))
    const plot = await draw({ kind: 'losses-overlay', ensembles })
    const lines = plot.panels[0]?.series.filter(({ kind, inLegend }) => kind === 'line' && inLegend)
    const alone = await Promise.all(
      [swept, again].map(async (run) => {
        const loss = await figure(run, 'loss', { ensembleIndex: 1 })
        return [...series(loss, 'line', 'mean loss').y]
      })
    )
    expect(lines?.map((line) => (line.kind === 'line' ? [...line.y] : []))).toEqual(alone)
    expect(new Set(lines?.map(({ name }) => name)).size).toBe(2)
  })
})

test('edits change what is drawn and nothing of the data', async () => {
  const [offer] = await offered(swept)
  if (!offer) throw new Error('no figure')
  const edits = {
    title: 'Mine',
    axes: [{ panel: null, axis: 'y' as const, label: 'f', range: [-2, 2] as [number, number] }],
    series: [{ name: 'ensemble mean', label: 'mean', colour: '#123456', dash: 'dotted' as const }],
    annotations: [{ kind: 'text' as const, panel: 0, x: 0, y: 1, text: 'here' }]
  }
  const plain = await engine.handle('figure.data', { source: offer.source, edits: {} })
  const plot = await engine.handle('figure.data', { source: offer.source, edits })
  expect(plot.title).toBe('Mine')
  expect(plot.panels[0]?.y).toMatchObject({ label: 'f', range: [-2, 2] })
  expect(series(plot, 'line', 'mean')).toEqual({
    ...series(plain, 'line', 'ensemble mean'),
    ...{ name: 'mean', colour: '#123456', dash: 'dotted' }
  })
  expect(series(plot, 'text', 'annotation 1')).toMatchObject({ text: 'here' })
})
