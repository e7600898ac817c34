/** An estimate at one width. */
export interface WidthEstimate {
  readonly width: number
  readonly value: number
  readonly standardError: number
}

/**
 * What estimates at several widths say of infinitely wide networks: the intercept of the straight line
 * in 1/width through them, by least squares weighted with their standard errors. Expectations over
 * random networks have an expansion in 1/width; what is left out falls as 1/width².
 *
 * @returns null for fewer than two widths
 */
export function infiniteWidth(
  estimates: readonly WidthEstimate[]
): Omit<WidthEstimate, 'width'> | null {
  let [sum, sumX, sumXx, sumY, sumXy] = [0, 0, 0, 0, 0]
  for (const { width, value, standardError } of estimates) {
    const weight = standardError ** -2
    const x = 1 / width
    sum += weight
    sumX += weight * x
    sumXx += weight * x * x
    sumY += weight * value
    sumXy += weight * x * value
  }
  const determinant = sum * sumXx - sumX * sumX
  if (!(determinant > 1e-12 * sum * sumXx)) return null
  return {
    value: (sumXx * sumY - sumX * sumXy) / determinant,
    standardError: Math.sqrt(sumXx / determinant)
  }
}
