/** Mean and standard deviation over an ensemble at every point. */
export interface EnsembleStatistics {
  /** Networks. */
  readonly size: number
  readonly mean: Float64Array
  /** Sample standard deviation (divisor n − 1). */
  readonly deviation: Float64Array
}

/**
 * Statistics over the rows of an ensemble's outputs, summed in float64.
 *
 * @param outputs members × points, row-major
 */
export function ensembleStatistics(
  outputs: Float32Array | Float64Array,
  points: number
): EnsembleStatistics {
  const size = outputs.length / points
  const mean = new Float64Array(points)
  const deviation = new Float64Array(points)
  for (let member = 0; member < size; member++) {
    for (let i = 0; i < points; i++)
      mean[i] = (mean[i] ?? 0) + (outputs[member * points + i] ?? NaN)
  }
  for (let i = 0; i < points; i++) mean[i] = (mean[i] ?? NaN) / size
  for (let member = 0; member < size; member++) {
    for (let i = 0; i < points; i++) {
      const gap = (outputs[member * points + i] ?? NaN) - (mean[i] ?? NaN)
      deviation[i] = (deviation[i] ?? 0) + gap * gap
    }
  }
  for (let i = 0; i < points; i++) deviation[i] = Math.sqrt((deviation[i] ?? NaN) / (size - 1))
  return { size, mean, deviation }
}

/** The value below which a share of the numbers lies, by linear interpolation between ranks. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  const low = sorted[below] ?? NaN
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN
  return low + (position - below) * (high - low)
}
