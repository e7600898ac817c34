import { z } from 'zod'
import { float64Array } from '../protocol/arrays'

/**
 * Numbers of a plot: typed arrays in memory and in messages, lists in JSON (see plotJson). Numbers
 * that are not finite draw nothing; in JSON they are null.
 */
const numbers = z.union([
  float64Array,
  z
    .array(z.number().nullable())
    .transform((values) => Float64Array.from(values, (value) => value ?? NaN))
])

/** What a colour stands for: the same in every figure of the lab, in every theme. */
export const colourRoles = [
  'ensemble',
  'members',
  'prediction',
  'band',
  'nngp',
  'target',
  'points',
  'faint'
] as const

/** A role, the n-th of the colours that tell series apart, or a colour as #rrggbb. */
export const colourSchema = z.union([
  z.enum(colourRoles),
  z.int().min(0).max(100),
  z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0072b2')
])
export type PlotColour = z.infer<typeof colourSchema>

export const dashes = ['solid', 'dashed', 'dotted', 'dash-dotted'] as const
export const symbols = ['circle', 'square', 'diamond', 'triangle'] as const
export const axisScales = ['linear', 'log', 'asinh'] as const
export const colourMaps = ['sequential', 'diverging', 'classes'] as const
export const legendPlaces = ['top', 'bottom', 'none'] as const

export const rangeSchema = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low < high, 'must run from a smaller to a larger number')

/** An axis in the units of its data: scales are applied when it is drawn. */
export const axisSchema = z.strictObject({
  label: z.string(),
  /** Empty for none; 'rad' marks multiples of π/2. */
  unit: z.string().default(''),
  /** log: numbers above 0; asinh: linear around 0, logarithmic far from it on either side. */
  scale: z.enum(axisScales).default('linear'),
  /** asinh: where it turns from linear to logarithmic; found from the data where it is null. */
  linearWidth: z.number().positive().nullable().default(null),
  /** log: 0 has a place of its own before all others, as step 0 of a training. */
  zeroApart: z.boolean().default(false),
  /** Exact limits; null for those of the data. */
  range: rangeSchema.nullable().default(null),
  /** Without a range: ends at round numbers, or where the data do. */
  fit: z.enum(['round', 'tight']).default('round'),
  /** Names of the positions 0, 1, 2 …, in place of numbers. */
  categories: z.array(z.string()).nullable().default(null),
  /** Runs from large to small numbers. */
  reversed: z.boolean().default(false)
})

const named = {
  /** In the legend, the table and under the pointer; series of one name are switched together. */
  name: z.string().min(1),
  inLegend: z.boolean().default(true),
  /** Place in the legend: smaller ones first, else in the order of the series. */
  legendRank: z.number().default(0),
  hidden: z.boolean().default(false),
  colour: colourSchema
}
export const opacitySchema = z.number().min(0).max(1)
/** Thickness on the screen, in CSS pixels at letters of 9 points; grows with them. */
export const strokeWidthSchema = z.number().positive().max(20)

/** Diameter of marks in sizes of the letters. */
export const markSizeSchema = z.number().positive().max(5)

/** A line through points in the order of x. */
const lineSchema = z.strictObject({
  kind: z.literal('line'),
  ...named,
  x: numbers,
  y: numbers,
  /** Standard deviations of y, said in words and tables, not drawn. */
  deviation: numbers.nullable().default(null),
  width: strokeWidthSchema.default(2.2),
  dash: z.enum(dashes).default('solid'),
  opacity: opacitySchema.default(1)
})

/** Many faint lines over the same x, such as the members of an ensemble. */
const membersSchema = z.strictObject({
  kind: z.literal('members'),
  ...named,
  x: numbers,
  /** One line each. */
  ys: z.array(numbers),
  width: strokeWidthSchema.default(0.8),
  /** null: the more lines, the fainter. */
  opacity: opacitySchema.nullable().default(null)
})

/** The area between two lines over the same x. */
const bandSchema = z.strictObject({
  kind: z.literal('band'),
  ...named,
  x: numbers,
  low: numbers,
  high: numbers,
  /** null: that of bands in the theme. */
  opacity: opacitySchema.nullable().default(null)
})

/** Marks, with error bars where they have errors. */
const pointsSchema = z.strictObject({
  kind: z.literal('points'),
  ...named,
  x: numbers,
  y: numbers,
  /** Half the lengths of the error bars. */
  yError: numbers.nullable().default(null),
  symbol: z.enum(symbols).default('circle'),
  filled: z.boolean().default(true),
  size: markSizeSchema.default(0.58),
  opacity: opacitySchema.default(1)
})

/** Bars from 0, such as a histogram. */
const barsSchema = z.strictObject({
  kind: z.literal('bars'),
  ...named,
  /** Borders of the bars: one more than heights. */
  edges: numbers,
  heights: numbers,
  opacity: opacitySchema.default(0.55)
})

/** Numbers over a grid, by colour. */
const heatmapSchema = z.strictObject({
  kind: z.literal('heatmap'),
  ...named,
  colour: colourSchema.default('points'),
  inLegend: z.boolean().default(false),
  /** Centres of the columns and rows, ascending; cells meet half way between them. */
  x: numbers,
  y: numbers,
  /** Rows × columns, row-major; row 0 at y[0]. */
  values: numbers,
  map: z.enum(colourMaps).default('sequential'),
  scale: z.enum(axisScales).default('linear'),
  /** Of the colours, exact; null for that of the data, around 0 for 'diverging'. */
  range: rangeSchema.nullable().default(null),
  /** What the colours stand for, beside the bar of colours. */
  label: z.string().default(''),
  /** Draws a bar of colours beside the panel. */
  colourBar: z.boolean().default(true),
  /** Writes the numbers into the cells. */
  cellLabels: z.boolean().default(false),
  /** map 'classes': the names of the values 0, 1, 2 … */
  classes: z.array(z.string()).nullable().default(null)
})

/** A straight line right across the panel at one value of an axis. */
const referenceSchema = z.strictObject({
  kind: z.literal('reference'),
  ...named,
  colour: colourSchema.default('faint'),
  inLegend: z.boolean().default(false),
  axis: z.enum(['x', 'y']),
  value: z.number(),
  width: strokeWidthSchema.default(1),
  dash: z.enum(dashes).default('dashed')
})

/** The panel between two values of an axis. */
const spanSchema = z.strictObject({
  kind: z.literal('span'),
  ...named,
  colour: colourSchema.default('faint'),
  inLegend: z.boolean().default(false),
  axis: z.enum(['x', 'y']),
  range: rangeSchema,
  opacity: opacitySchema.default(0.18)
})

/** Words at a place of the panel. */
const textSchema = z.strictObject({
  kind: z.literal('text'),
  ...named,
  colour: colourSchema.default('points'),
  inLegend: z.boolean().default(false),
  x: z.number(),
  y: z.number(),
  text: z.string().min(1),
  /** Which side of the words is at x. */
  align: z.enum(['left', 'center', 'right']).default('left')
})

export const seriesSchema = z.discriminatedUnion('kind', [
  lineSchema,
  membersSchema,
  bandSchema,
  pointsSchema,
  barsSchema,
  heatmapSchema,
  referenceSchema,
  spanSchema,
  textSchema
])

export const panelSchema = z.strictObject({
  /** Place in the grid, from the upper left corner. */
  row: z.int().min(0).default(0),
  column: z.int().min(0).default(0),
  /** Above the panel; empty for none. */
  title: z.string().default(''),
  x: axisSchema,
  y: axisSchema,
  series: z.array(seriesSchema)
})

/**
 * A figure as plain data: what is drawn, not how large or in which theme. Every figure of the lab is
 * a function from results to a Plot; `plotFigure` draws it, `plotTables` writes it as tables.
 */
export const plotSchema = z.strictObject({
  title: z.string(),
  /** How the figure came about, in one line; empty for nothing. */
  provenance: z.string().default(''),
  /** What it shows, for those who do not see it. */
  description: z.string(),
  panels: z.array(panelSchema).min(1),
  /** One range for all panels, or for those of a row (y) or column (x); labels at the outer edge alone. */
  shareX: z.enum(['all', 'column', 'none']).default('all'),
  shareY: z.enum(['all', 'row', 'none']).default('all'),
  /** Above the columns and right of the rows of a grid of panels; empty for none. */
  columnTitles: z.array(z.string()).default([]),
  rowTitles: z.array(z.string()).default([]),
  legend: z.enum(legendPlaces).default('top')
})

export type Plot = z.infer<typeof plotSchema>
export type PlotPanel = Plot['panels'][number]
export type PlotAxis = z.infer<typeof axisSchema>
export type PlotSeries = z.infer<typeof seriesSchema>
export type SeriesOf<K extends PlotSeries['kind']> = Extract<PlotSeries, { kind: K }>
/** A plot as it is written down: what has a default may be left out. */
export type PlotInput = z.input<typeof plotSchema>
export type SeriesInput = z.input<typeof seriesSchema>
export type AxisInput = z.input<typeof axisSchema>

/**
 * A plot with everything that was left out at its default.
 *
 * @throws {z.ZodError} what is wrong, with its place
 */
export function definePlot(input: PlotInput): Plot {
  return plotSchema.parse(input)
}

/** A plot as JSON, which `plotSchema` reads; numbers that are not finite become null. */
export function plotJson(plot: Plot): string {
  return JSON.stringify(plot, (_, value: unknown) =>
    value instanceof Float64Array ? [...value] : value
  )
}
