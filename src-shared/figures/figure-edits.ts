import { z } from 'zod'
import {
  axisScales,
  colourSchema,
  dashes,
  legendPlaces,
  markSizeSchema,
  opacitySchema,
  rangeSchema,
  strokeWidthSchema,
  symbols
} from './plot'

/** Changes to one axis of one panel, or of all; what is left out stays as it is. */
const axisEditSchema = z.strictObject({
  /** null for all panels. */
  panel: z.int().min(0).nullable(),
  axis: z.enum(['x', 'y']),
  label: z.string().max(200).optional(),
  unit: z.string().max(100).optional(),
  scale: z.enum(axisScales).optional(),
  /** null for that of the data. */
  range: rangeSchema.nullable().optional()
})
export type AxisEdit = z.infer<typeof axisEditSchema>

/** Changes to all series of one name. */
const seriesEditSchema = z.strictObject({
  name: z.string().min(1),
  /** What it is called instead. */
  label: z.string().min(1).max(200).optional(),
  hidden: z.boolean().optional(),
  inLegend: z.boolean().optional(),
  colour: colourSchema.optional(),
  width: strokeWidthSchema.optional(),
  dash: z.enum(dashes).optional(),
  opacity: opacitySchema.optional(),
  symbol: z.enum(symbols).optional(),
  /** Diameter of marks in sizes of the letters. */
  size: markSizeSchema.optional()
})
export type SeriesEdit = z.infer<typeof seriesEditSchema>

/** Something written or drawn over a panel, in the units of its axes. */
const annotated = { panel: z.int().min(0), colour: colourSchema.optional() }
export const annotationSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    ...annotated,
    x: z.number(),
    y: z.number(),
    text: z.string().min(1).max(200)
  }),
  /** Right across the panel at a value of an axis. */
  z.strictObject({
    kind: z.literal('line'),
    ...annotated,
    axis: z.enum(['x', 'y']),
    value: z.number()
  }),
  /** All of the panel between two values of an axis. */
  z.strictObject({
    kind: z.literal('span'),
    ...annotated,
    axis: z.enum(['x', 'y']),
    range: rangeSchema
  })
])
export type Annotation = z.infer<typeof annotationSchema>

/** What a user changed of a figure: everything else follows its data. */
export const figureEditsSchema = z.strictObject({
  /** null for the figure's own. */
  title: z.string().max(500).nullable().default(null),
  axes: z.array(axisEditSchema).max(200).default([]),
  series: z.array(seriesEditSchema).max(500).default([]),
  annotations: z.array(annotationSchema).max(200).default([]),
  /** null for the figure's own. */
  legend: z.enum(legendPlaces).nullable().default(null)
})
export type FigureEdits = z.infer<typeof figureEditsSchema>

/** A figure as its data make it. */
export const noEdits: FigureEdits = figureEditsSchema.parse({})
