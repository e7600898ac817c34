import type { Annotation, AxisEdit, FigureEdits, SeriesEdit } from './figure-edits'
import { seriesSchema, type Plot, type PlotAxis, type PlotPanel, type PlotSeries } from './plot'

/**
 * A plot as a user changed it. Edits of what a plot does not have change nothing: the same edits serve
 * a figure whose data have changed.
 */
export function applyEdits(plot: Plot, edits: FigureEdits): Plot {
  const bySeries = new Map(edits.series.map((edit) => [edit.name, edit]))
  return {
    ...plot,
    title: edits.title ?? plot.title,
    legend: edits.legend ?? plot.legend,
    panels: plot.panels.map((panel, index): PlotPanel => {
      const here = edits.axes.filter((edit) => edit.panel === null || edit.panel === index)
      return {
        ...panel,
        x: edited(panel.x, here, 'x'),
        y: edited(panel.y, here, 'y'),
        series: [
          ...panel.series.map((series) => restyled(series, bySeries.get(series.name))),
          ...edits.annotations.filter((one) => one.panel === index).map(annotation)
        ]
      }
    })
  }
}

function edited(axis: PlotAxis, edits: readonly AxisEdit[], which: 'x' | 'y'): PlotAxis {
  return edits
    .filter((edit) => edit.axis === which)
    .reduce((before, { label, unit, scale, range }) => {
      const after = { ...before }
      if (label !== undefined) after.label = label
      if (unit !== undefined) after.unit = unit
      if (scale !== undefined) after.scale = scale
      if (range !== undefined) after.range = range
      return after
    }, axis)
}

function restyled(series: PlotSeries, edit: SeriesEdit | undefined): PlotSeries {
  if (!edit) return series
  // A style that a kind of series does not have, such as the dashes of points, is left out.
  const fitting = Object.entries(edit).filter(
    ([key, value]) => key in series && value !== undefined
  )
  return { ...series, ...Object.fromEntries(fitting), name: edit.label ?? series.name }
}

function annotation(one: Annotation, index: number): PlotSeries {
  const name = `annotation ${index + 1}`
  const shared = { name, colour: one.colour ?? (one.kind === 'span' ? 'faint' : 'points') } as const
  switch (one.kind) {
    case 'text':
      return seriesSchema.parse({ kind: 'text', ...shared, x: one.x, y: one.y, text: one.text })
    case 'line':
      return seriesSchema.parse({ kind: 'reference', ...shared, axis: one.axis, value: one.value })
    case 'span':
      return seriesSchema.parse({ kind: 'span', ...shared, axis: one.axis, range: one.range })
  }
}
