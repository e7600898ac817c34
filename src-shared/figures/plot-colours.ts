import { palettes, type FigureTheme } from './palette'
import { colourRoles, type PlotColour, type PlotSeries } from './plot'

/** A colour of a plot in a theme. */
export function colourIn(theme: FigureTheme, colour: PlotColour): string {
  const palette = palettes[theme]
  if (typeof colour === 'number') return palette.cycle[colour % palette.cycle.length] ?? ''
  const role = colourRoles.find((one) => one === colour)
  return role ? palette.roles[role] : colour
}

/** Opacity of a series, for those that leave it to the theme. */
export function opacityIn(theme: FigureTheme, series: PlotSeries): number {
  const { bandOpacity, membersOpacity } = palettes[theme]
  switch (series.kind) {
    case 'band':
      return series.opacity ?? bandOpacity
    case 'members':
      // Many lines are fainter each, so that together they leave the rest to be seen.
      return series.opacity ?? Math.max(0.1, Math.min(membersOpacity, 14 / series.ys.length))
    case 'line':
    case 'points':
    case 'bars':
    case 'span':
      return series.opacity
    case 'heatmap':
    case 'reference':
    case 'text':
      return 1
  }
}
