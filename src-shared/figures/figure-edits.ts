import { z } from 'zod'
import {
  axisScales,
  colourSchema,
  dashes,
  legendPlaces,
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
  symbol: z.enum(symbols).optional()
})
export type SeriesEdit = z.infer<typeof seriesEditSchema>

/** Something written or drawn over a panel, in the units of its axes. */
const annotationSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    panel: z.int().min(0),
    x: z.number(),
    y: z.number(),
    text: z.string().min(1).max(200)
  }),
  z.strictObject({
    kind: z.literal('line'),
    panel: z.int().min(0),
    axis: z.enum(['x', 'y']),
    value: z.number()
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
