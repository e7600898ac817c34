import { definePlot, symbols, type Plot, type SeriesInput } from './plot'
import type { PointGroups } from './point-groups'

/** Where points are in a plane; those behind it are drawn fainter. */
export interface PlanarPoints {
  readonly x: Float64Array
  readonly y: Float64Array
  /** How far towards the eye each point is; null where the plane is all there is. */
  readonly depth: Float64Array | null
}

/** Inputs of a data set laid out in a plane. */
export interface PointsView {
  readonly title: string
  readonly description: string
  readonly labels: readonly [x: string, y: string]
  readonly train: PlanarPoints
  readonly test: PlanarPoints
  readonly groups: PointGroups
  /** The circle or the edge of the sphere on which all points are; null where they are on none. */
  readonly radius: number | null
  /** Directions of the inputs' axes in the plane, for pictures of three dimensions. */
  readonly axes: readonly { readonly name: string; readonly x: number; readonly y: number }[]
}

const OUTLINE_POINTS = 121
/** Colours that are told apart; more groups have other symbols too. */
const DISTINCT_COLOURS = 8
/** More training points than these are drawn smaller. */
const MANY_POINTS = 200
/** What is drawn around the outermost point, as a share of its distance. */
const MARGIN = 1.08

/** Training points large, test points small, in the colour of their class or target. */
export function pointsFigure(view: PointsView): Plot {
  const reach = view.axes.length > 0 || view.radius !== null ? MARGIN * furthest(view) : null
  const axis = (label: string) => ({
    label,
    ...(reach !== null && reach > 0 ? { range: [-reach, reach] as [number, number] } : {})
  })
  return definePlot({
    title: view.title,
    description: view.description,
    panels: [
      {
        x: axis(view.labels[0]),
        y: axis(view.labels[1]),
        series: [
          ...outline(view.radius),
          ...axisLines(view.axes),
          ...view.groups.names.flatMap((_, group) => groupSeries(view, group))
        ]
      }
    ]
  })
}

/** Test points of a group, then its training points over them. */
function groupSeries({ train, test, groups }: PointsView, group: number): SeriesInput[] {
  const look = {
    kind: 'points',
    name: groups.names[group] ?? '',
    colour: groups.colours[group] ?? 'points',
    // There are fewer colours than symbols and colours together.
    symbol: symbols[Math.floor(group / DISTINCT_COLOURS) % symbols.length] ?? 'circle'
  } as const
  const size = train.x.length > MANY_POINTS ? 0.46 : 0.7
  const drawn = [
    ...halves(test, groups.test, group).map((half) => ({
      ...look,
      ...half,
      filled: false,
      size: 0.36
    })),
    ...halves(train, groups.train, group).map((half) => ({ ...look, ...half, size }))
  ]
  // The legend shows the full colour, where there is any of it.
  const shown = drawn.find(({ opacity }) => opacity === 1) ?? drawn[0]
  return drawn.map((series) => ({ ...series, inLegend: series === shown }))
}

/** Points of one group: fainter ones behind the plane, and those before it. */
function halves(
  { x, y, depth }: PlanarPoints,
  groupOf: Int32Array,
  group: number
): { x: Float64Array; y: Float64Array; opacity: number }[] {
  const own = [...groupOf.keys()].filter((i) => groupOf[i] === group)
  const isBehind = (i: number): boolean => (depth?.[i] ?? 0) < 0
  return [true, false].flatMap((behind) => {
    const chosen = own.filter((i) => isBehind(i) === behind)
    if (chosen.length === 0) return []
    const take = (values: Float64Array): Float64Array =>
      Float64Array.from(chosen, (i) => values[i] ?? NaN)
    return [{ x: take(x), y: take(y), opacity: behind ? 0.3 : 1 }]
  })
}

function outline(radius: number | null): SeriesInput[] {
  if (radius === null) return []
  const angles = Array.from(
    { length: OUTLINE_POINTS },
    (_, i) => (2 * Math.PI * i) / (OUTLINE_POINTS - 1)
  )
  return [
    {
      ...{ kind: 'line', name: 'norm of all points', colour: 'faint', inLegend: false, width: 1 },
      x: Float64Array.from(angles, (angle) => radius * Math.cos(angle)),
      y: Float64Array.from(angles, (angle) => radius * Math.sin(angle))
    }
  ]
}

function axisLines(axes: PointsView['axes']): SeriesInput[] {
  const look = { colour: 'faint', inLegend: false } as const
  return axes.flatMap(({ name, x, y }): SeriesInput[] => [
    { kind: 'line', name, ...look, x: [0, x], y: [0, y], width: 1, dash: 'dashed' },
    { kind: 'text', name, ...look, x, y, text: name }
  ])
}

function furthest({ train, test, axes, radius }: PointsView): number {
  let most = radius ?? 0
  for (const { x, y } of [train, test]) {
    for (const values of [x, y]) for (const value of values) most = Math.max(most, Math.abs(value))
  }
  for (const { x, y } of axes) most = Math.max(most, Math.abs(x), Math.abs(y))
  return most
}
