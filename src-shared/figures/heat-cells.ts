import type { CustomSeriesOption } from 'echarts/charts'
import type { AxisScale } from './axis-scale'
import { colourLevel, colourScale } from './colour-bar'
import { colourOfLevel, isLight } from './colour-map'
import type { FigureScale } from './figure-style'
import { formatNumber } from './numbers'
import type { SeriesOf } from './plot'
import { shapes, wordSeries, type Point } from './series'
import { cellEdges } from './series-extent'

interface Place {
  readonly x: AxisScale
  readonly y: AxisScale
  readonly scale: FigureScale
}

/** Cells of one colour are one shape, a little larger than they are: no seams between neighbours. */
const OVERLAP_PIXELS = 0.35
/** Dark and light words on colours. */
const [DARK, LIGHT] = ['#111111', '#ffffff']

/** The cells of a heatmap, and the numbers in them where they are wanted. */
export function heatCells(heatmap: SeriesOf<'heatmap'>, place: Place): CustomSeriesOption[] {
  const colours = colourScale(heatmap)
  const columns = heatmap.x.length
  const edges = {
    x: [...cellEdges(heatmap.x)].map(place.x.position),
    y: [...cellEdges(heatmap.y)].map(place.y.position)
  }
  const levelOf = (value: number) => colourLevel(colours, heatmap.map, colours.position(value))
  const byLevel = new Map<number, number[]>()
  heatmap.values.forEach((value, i) => {
    const level = levelOf(value)
    if (level === null) return
    const cells = byLevel.get(level)
    if (cells) cells.push(i)
    else byLevel.set(level, [i])
  })
  const levels = [...byLevel].sort(([a], [b]) => a - b)
  const cells: CustomSeriesOption = {
    ...shapes(heatmap.name, levels.length),
    renderItem: ({ dataIndex }, api) => {
      const [level, members] = levels[dataIndex] ?? [0, []]
      const rectangle = (i: number): string => {
        const [row, column] = [Math.floor(i / columns), i % columns]
        const corner = (across: number, up: number): number[] =>
          api.coord([edges.x[column + across] ?? NaN, edges.y[row + up] ?? NaN])
        const [[left = 0, bottom = 0], [right = 0, top = 0]] = [corner(0, 0), corner(1, 1)]
        const x = Math.min(left, right) - OVERLAP_PIXELS
        const y = Math.min(top, bottom) - OVERLAP_PIXELS
        const width = Math.abs(right - left) + 2 * OVERLAP_PIXELS
        const height = Math.abs(bottom - top) + 2 * OVERLAP_PIXELS
        return `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`
      }
      return {
        type: 'path',
        shape: { pathData: members.map(rectangle).join('') },
        style: { fill: colourOfLevel(heatmap.map, level) }
      }
    },
    z: 1
  }
  if (!heatmap.cellLabels) return [cells]
  const words = [...heatmap.values].flatMap((value, i) => {
    const level = levelOf(value)
    if (level === null) return []
    const at: Point = [
      place.x.position(heatmap.x[i % columns] ?? NaN),
      place.y.position(heatmap.y[Math.floor(i / columns)] ?? NaN)
    ]
    const colour = isLight(colourOfLevel(heatmap.map, level)) ? DARK : LIGHT
    return [{ at, text: Number.isInteger(value) ? String(value) : formatNumber(value), colour }]
  })
  return [cells, wordSeries(heatmap.name, words, place, 'center')]
}

function short(value: number): number {
  return Math.round(100 * value) / 100
}
