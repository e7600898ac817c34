import type { FigureStyle } from './figure-style'
import { legendEntry, type LegendEntry, type LegendMark } from './legend'
import type { Plot, PlotSeries } from './plot'
import { colourIn, opacityIn } from './plot-colours'

/** Thinner lines have a thin mark. */
const THIN = 1.6

/** The legend of a plot: one entry a name, whatever the number of its series and panels. */
export function plotLegend(plot: Plot, { theme }: FigureStyle): LegendEntry[] {
  const shown = plot.panels
    .flatMap(({ series }) => series)
    .filter(({ inLegend, hidden }) => inLegend && !hidden)
  const first = new Map<string, PlotSeries>()
  for (const series of shown) if (!first.has(series.name)) first.set(series.name, series)
  return [...first.values()]
    .sort((a, b) => a.legendRank - b.legendRank)
    .map((series) => {
      const faint = opacityIn(theme, series)
      // Bands are seen over one another and over lines: their marks are darker than they.
      const opacity = series.kind === 'band' ? Math.min(1, 2 * faint) : faint
      const solid = series.kind === 'members' ? 1 : opacity
      return legendEntry(series.name, markOf(series), colourIn(theme, series.colour), solid)
    })
}

function markOf(series: PlotSeries): LegendMark {
  switch (series.kind) {
    case 'line':
    case 'reference': {
      if (series.dash === 'solid') return series.width < THIN ? 'thin' : 'solid'
      return series.dash
    }
    case 'members':
      return 'thin'
    case 'points':
      return series.symbol
    case 'band':
    case 'bars':
    case 'heatmap':
    case 'span':
    case 'text':
      return 'area'
  }
}
