import { expect, test } from 'vitest'
import { applyEdits } from '@shared/figures/apply-edits'
import { withAnnotation, withAxis, withSeries } from '@shared/figures/change-edits'
import { editableSeries, panelName } from '@shared/figures/editable-plot'
import { noEdits } from '@shared/figures/figure-edits'
import { newAnnotation } from '@shared/figures/new-annotation'
import { definePlot } from '@shared/figures/plot'
import { gridPlot, heatmapPlot } from './sample-plots'

const plot = gridPlot()

test('an axis of one panel is edited apart from those of all, in whichever order', () => {
  const one = withAxis(noEdits, { panel: 1, axis: 'y' }, { label: 'one', range: [0, 2] })
  const edits = withAxis(one, { panel: null, axis: 'y' }, { label: 'all', scale: 'linear' })
  const { panels } = applyEdits(plot, edits)
  expect(panels.map(({ y }) => y.label)).toEqual(['all', 'one', 'all', 'all', 'all', 'all'])
  expect(panels.map(({ y }) => y.scale)).toEqual(panels.map(() => 'linear'))
  expect(panels.map(({ y }) => y.range)[1]).toEqual([0, 2])
})

test('what is set back leaves no trace', () => {
  const where = { panel: null, axis: 'x' } as const
  const set = withAxis(noEdits, where, { label: 'angle', scale: 'log' })
  expect(withAxis(set, where, { label: undefined }).axes).toEqual([{ ...where, scale: 'log' }])
  expect(withAxis(set, where, { label: undefined, scale: undefined })).toEqual(noEdits)
  const styled = withSeries(noEdits, 'analytic', { width: 3, dash: 'dotted' })
  expect(withSeries(styled, 'analytic', { width: undefined }).series).toEqual([
    { name: 'analytic', dash: 'dotted' }
  ])
  expect(withSeries(styled, 'analytic', { width: undefined, dash: undefined })).toEqual(noEdits)
})

test('annotations are added, changed and taken away by their place, and stand in the plot', () => {
  const text = newAnnotation(plot, 'text', 1)
  const line = newAnnotation(plot, 'line', 0, 'y')
  const span = newAnnotation(plot, 'span')
  const all = [text, line, span].reduce((edits, one, i) => withAnnotation(edits, i, one), noEdits)
  expect(all.annotations).toEqual([text, line, span])
  const { panels } = applyEdits(plot, all)
  expect(panels[0]?.series.slice(-2).map(({ kind }) => kind)).toEqual(['reference', 'span'])
  expect(panels[1]?.series.at(-1)).toMatchObject({ kind: 'text', text: 'Note' })
  expect(withAnnotation(all, 1, null).annotations).toEqual([text, span])
  expect(withAnnotation(all, 0, line).annotations).toEqual([line, line, span])
})

test('a new annotation is in the middle of its axis, whatever the scale', () => {
  const x = Float64Array.of(1, 1e4)
  const logarithmic = definePlot({
    ...{ title: '', description: '' },
    panels: [
      {
        x: { label: 'x', scale: 'log', fit: 'tight' },
        y: { label: 'y' },
        series: [{ kind: 'line', name: 'a', colour: 0, x, y: x }]
      }
    ]
  })
  expect(newAnnotation(logarithmic, 'line')).toMatchObject({ axis: 'x', value: 100 })
  expect(newAnnotation(logarithmic, 'span')).toMatchObject({ range: [39.8, 251] })
})

test('series are edited by their names, with the looks that they have', () => {
  expect(editableSeries(plot).map(({ name }) => name)).toEqual([
    ...['band', 'networks', 'mean of networks', 'analytic', 'marks', 'zero', 'note']
  ])
  const looks = Object.fromEntries(
    editableSeries(plot).map(({ name, has }) => [
      name,
      Object.keys(has).filter((key) => has[key as keyof typeof has])
    ])
  )
  expect(looks['analytic']).toEqual(['width', 'dash', 'opacity', 'colour'])
  expect(looks['marks']).toEqual(['opacity', 'symbol', 'size', 'colour'])
  expect(editableSeries(heatmapPlot())[0]?.has.colour).toBe(false)
})

test('panels are called by what stands over and beside them', () => {
  expect(panelName(plot, 4)).toBe('5: m = 20, width 100')
  expect(panelName(definePlot({ ...plot, columnTitles: [], rowTitles: [] }), 1)).toBe('panel 2')
})
