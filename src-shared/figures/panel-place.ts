/** One ensemble's place in a grid of conditions (rows) and widths (columns). */
export interface PanelPlace {
  readonly row: number
  readonly column: number
}

/** A grid of conditions and widths. */
export interface EnsembleGrid {
  /** Such as "m of the activation = 5"; one empty one where nothing is swept. */
  readonly conditions: readonly string[]
  readonly widths: readonly number[]
}

/** The titles of a grid's rows and columns; none where there is one alone that says nothing. */
export function gridTitles({ conditions, widths }: EnsembleGrid) {
  return {
    columnTitles: widths.map((width) => `width ${width}`),
    rowTitles: conditions.length === 1 ? [] : conditions.map(shortLabel)
  }
}

/** "m = 5" from "m of the activation = 5": rows have little room. */
export function shortLabel(condition: string): string {
  return condition.replace(/ of the (activation|surrogate)/, '')
}
