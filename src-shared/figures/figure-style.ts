/** How a figure is drawn, apart from its data. */
export interface FigureStyle {
  readonly theme: 'light' | 'dark'
  /** Names the ensemble above the axes; true where it is left out. */
  readonly title?: boolean
  /** Writes the view's provenance below the axes. */
  readonly provenance: boolean
  /** The width it is drawn at, in CSS pixels: decides how the legend is laid out. */
  readonly width?: number
  /** Draws the ensemble's own mean ± 1.96 standard deviations (function figures). */
  readonly ensembleDeviation?: boolean
  /** Shows values under the pointer; false for a file. */
  readonly interactive?: boolean
}

/** The size figures are laid out for where a style names no width, in CSS pixels. */
export const figureSize = { width: 720, height: 480 } as const

/** The typeface of figures, and what stands in where it is missing. */
export const figureFont = "Inter, 'DejaVu Sans', sans-serif"
