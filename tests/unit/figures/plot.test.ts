import { describe, expect, it } from 'vitest'
import { definePlot, plotJson, plotSchema } from '@shared/figures/plot'
import { plotTables, tableText } from '@shared/figures/plot-tables'
import { gridPlot, heatmapPlot } from './sample-plots'

describe('a plot', () => {
  it.each([
    ['lines', gridPlot],
    ['heatmaps', heatmapPlot]
  ])('of %s is the same after JSON', (_, make) => {
    expect(plotSchema.parse(JSON.parse(plotJson(make())))).toEqual(make())
  })

  it('says in which place what is wrong', () => {
    const panel = { x: { label: 'x' }, y: { label: 'y', scale: 'cubic' as 'log' }, series: [] }
    expect(() => definePlot({ title: '', description: '', panels: [panel] })).toThrow(
      /panels.*0.*y.*scale/s
    )
  })

  it('has gaps where JSON has null', () => {
    const axis = { label: 'x' }
    const series = { kind: 'line' as const, name: 'a', colour: 0, x: [0, 1], y: [null, 2] }
    const panel = { x: axis, y: axis, series: [series] }
    const plot = definePlot({ title: '', description: '', panels: [panel] })
    expect(plot.panels[0]?.series[0]).toMatchObject({ y: Float64Array.of(NaN, 2) })
  })
})

describe('the tables of a plot', () => {
  it('have one column a series over the same x, and others of their own', () => {
    const tables = plotTables(gridPlot())
    expect(tables).toHaveLength(12)
    expect(tables[0]?.title).toBe('m = 2, width 10')
    expect(tables[0]?.columns.map(({ name }) => name)).toEqual([
      'angle θ − θ′ (rad)',
      'band, low',
      'band, high',
      'networks: 1',
      'networks: 2',
      'mean of networks',
      'analytic'
    ])
    expect(tables[1]?.columns.map(({ name }) => name)).toEqual([
      'angle θ − θ′ (rad)',
      'marks',
      'marks, error'
    ])
  })

  it('have one row a cell of a heatmap, with the names of categories', () => {
    const [, , confusion] = plotTables(heatmapPlot())
    expect(confusion && tableText(confusion)).toBe(
      'predicted\ttrue\tcount\ncat\tcat\t12\ndog\tcat\t3\ncat\tdog\t1\ndog\tdog\t20'
    )
  })
})
