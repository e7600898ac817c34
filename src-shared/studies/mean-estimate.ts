/** The mean of independent draws and its standard error. */
export interface MeanEstimate {
  readonly value: number
  /** s/√n; NaN for a single draw. */
  readonly standardError: number
}

/** The mean of independent draws, with its standard error s/√n. */
export function meanEstimate(draws: ArrayLike<number>): MeanEstimate {
  const values = Float64Array.from(draws)
  const n = values.length
  const value = values.reduce((total, draw) => total + draw, 0) / n
  const squares = values.reduce((total, draw) => total + (draw - value) ** 2, 0)
  return { value, standardError: Math.sqrt(squares / (n - 1) / n) }
}
