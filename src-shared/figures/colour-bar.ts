import { finiteRange } from './axes'
import { axisScale, type AxisScale } from './axis-scale'
import { COLOUR_LEVELS } from './colour-map'
import { axisSchema, type PlotPanel, type SeriesOf } from './plot'

type Heatmap = SeriesOf<'heatmap'>

/** How a heatmap's values become colours: positions between the ends of the scale. */
export function colourScale(heatmap: Heatmap, wanted = 5): AxisScale {
  const { map, values, scale, label, classes } = heatmap
  const categories = map === 'classes' ? (classes ?? []) : null
  const axis = axisSchema.parse({ label, scale, range: exactRange(heatmap), categories })
  return axisScale(axis, [values], wanted)
}

/** The stated range, or that of the data; for two-sided maps the same on both sides of 0. */
function exactRange({ range, map, scale, values }: Heatmap): [number, number] | null {
  if (range) return range
  const found = finiteRange(scale === 'log' ? [values.filter((value) => value > 0)] : [values])
  if (!found) return null
  const [low, high] = found
  if (map !== 'diverging') return low < high ? found : [low - 0.5, high + 0.5]
  const reach = Math.max(Math.abs(low), Math.abs(high)) || 1
  return [-reach, reach]
}

/** The level of a position, 0 … COLOUR_LEVELS − 1; null for what has no colour. */
export function colourLevel({ ticks }: AxisScale, map: Heatmap['map'], at: number): number | null {
  if (!Number.isFinite(at)) return null
  if (map === 'classes') return Math.round(at)
  const share = (at - ticks.min) / (ticks.max - ticks.min)
  return Math.round(Math.max(0, Math.min(1, share)) * (COLOUR_LEVELS - 1))
}

/** The scale of the bar of colours beside a panel; null where it has none. */
export function colourBarScale(
  panel: PlotPanel,
  wanted: number
): { scale: AxisScale; name: string } | null {
  const heatmap = barredHeatmap(panel)
  return heatmap && { scale: colourScale(heatmap, wanted), name: heatmap.label }
}

/** The heatmap of a panel that has a bar of colours. */
export function barredHeatmap({ series }: PlotPanel): Heatmap | null {
  return series.find((one): one is Heatmap => one.kind === 'heatmap' && one.colourBar) ?? null
}
