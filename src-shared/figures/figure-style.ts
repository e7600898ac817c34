import { pixelsFromPoints } from './figure-size'
import type { FigureTheme } from './palette'

/** How a figure is drawn, apart from its data. */
export interface FigureStyle {
  readonly theme: FigureTheme
  /** Writes the plot's title above the panels; true where it is left out. */
  readonly title?: boolean
  /** Writes the plot's provenance below the axes. */
  readonly provenance: boolean
  /** The size it is drawn at, in CSS pixels; that of figureSize where it is left out. */
  readonly width?: number
  readonly height?: number
  /** Size of the letters in points; 9, which are 12 CSS pixels, where it is left out. */
  readonly fontSize?: number
  /** The legend switches series on and off; false for a file. */
  readonly interactive?: boolean
  /** Which names of the legend are on; those left out are. */
  readonly selected?: Readonly<Record<string, boolean>>
}

/** The size figures are laid out for where a style names no width, in CSS pixels. */
export const figureSize = { width: 720, height: 480 } as const

/** The typeface of figures, and what stands in where it is missing. */
export const figureFont = "Inter, 'DejaVu Sans', sans-serif"

/** The size of letters for which strokes and marks are given in the figures' code. */
const SCREEN_POINTS = 9
/** Print is finer than screens: at 8 points, the thickest lines are 1 point, axes 0.4. */
const PRINT_STROKES = 0.63

/** Sizes of letters, strokes and marks of a figure, in CSS pixels. */
export interface FigureScale {
  /** Size of all letters but the provenance's. */
  readonly em: number
  /** Size of the provenance's letters. */
  readonly small: number
  /** A stroke's width, or a length of its pattern of dashes, from that on the screen. */
  readonly stroke: (onScreen: number) => number
}

/** The scale of a style: everything grows and shrinks with its letters. */
export function figureScale({ theme, fontSize = SCREEN_POINTS }: FigureStyle): FigureScale {
  const em = pixelsFromPoints(fontSize)
  const strokes = (fontSize / SCREEN_POINTS) * (theme === 'print' ? PRINT_STROKES : 1)
  return {
    em,
    small: 0.75 * em,
    stroke: (onScreen) => Math.round(1000 * onScreen * strokes) / 1000
  }
}
