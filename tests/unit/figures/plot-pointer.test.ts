import { expect, test } from 'vitest'
import { applyEdits } from '@shared/figures/apply-edits'
import { noEdits } from '@shared/figures/figure-edits'
import { plotLayout } from '@shared/figures/plot-layout'
import { panelAt, wordsAt, zoomTo } from '@shared/figures/plot-pointer'
import { gridPlot, heatmapPlot } from './sample-plots'

const style = { theme: 'light', provenance: false, width: 900, height: 600 } as const
const centre = (plot: ReturnType<typeof gridPlot>, index: number) => {
  const placed = plotLayout(plot, style).panels[index]
  if (!placed) throw new Error(`no panel ${index}`)
  const { left, top, width, height } = placed.rectangle
  return { placed, at: { x: left + width / 2, y: top + height / 2 }, corner: { x: left, y: top } }
}

test('the pointer finds the panel under it, and nothing between panels', () => {
  const { panels } = plotLayout(gridPlot(), style)
  expect(panelAt(panels, centre(gridPlot(), 4).at)?.panel).toBe(panels[4]?.panel)
  expect(panelAt(panels, { x: 1, y: 1 })).toBeNull()
})

test('it tells the values of all series at the middle of a panel', () => {
  const { placed, at } = centre(gridPlot(), 0)
  const { heading, rows } = wordsAt(placed, at)
  expect(heading).toMatch(/^angle θ − θ′ = .* rad$/)
  expect(Object.fromEntries(rows)).toMatchObject({ analytic: '1.00' })
})

test('it tells the cell of a heatmap by the names of its categories', () => {
  const { placed } = centre(heatmapPlot(), 2)
  const { left, top, width, height } = placed.rectangle
  const words = wordsAt(placed, { x: left + 0.75 * width, y: top + 0.25 * height })
  expect(words).toEqual({
    heading: 'count: 20.0',
    rows: [
      ['predicted', 'dog'],
      ['true', 'dog']
    ]
  })
})

test('a chosen part fills the panels that share its axes, and no others', () => {
  const plot = gridPlot()
  const { placed, at, corner } = centre(plot, 1)
  const edits = zoomTo(plot, placed, corner, at)
  // x is shared by all panels, y by the row of three.
  expect(edits.map(({ panel, axis }) => [panel, axis])).toEqual([
    [null, 'x'],
    [0, 'y'],
    [1, 'y'],
    [2, 'y']
  ])
  const { panels } = plotLayout(applyEdits(plot, { ...noEdits, axes: edits }), style)
  expect(panels[5]?.x.ticks.min).toBeCloseTo(-Math.PI)
  expect(panels[5]?.x.ticks.max).toBeCloseTo(0)
  expect(panels[1]?.y.ticks.min).toBeGreaterThan(placed.y.ticks.min)
  expect(panels[1]?.y.ticks.max).toBeCloseTo(placed.y.ticks.max)
  expect(panels[4]?.y.ticks.min).toBeCloseTo(centre(plot, 4).placed.y.ticks.min)
})

test('axes of names cannot be looked into', () => {
  const { placed, at, corner } = centre(heatmapPlot(), 2)
  expect(zoomTo(heatmapPlot(), placed, corner, at)).toEqual([])
})
