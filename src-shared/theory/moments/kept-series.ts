import type { HermiteSeries } from './hermite-series'

/** Variances whose series are kept: those of the points of one kernel. */
const KEPT = 5000

/** The Hermite series of one function at every variance that is asked for; null where it has none. */
export class KeptSeries {
  private readonly kept = new Map<number, HermiteSeries | null>()
  private lastVariance = NaN
  private last: HermiteSeries | null = null

  constructor(private readonly seriesAt: (variance: number) => HermiteSeries | null) {}

  /** The series at a variance above 0. */
  at(variance: number): HermiteSeries | null {
    // A row of pairs asks for one variance again and again.
    if (variance === this.lastVariance) return this.last
    let series = this.kept.get(variance)
    if (series === undefined) {
      if (this.kept.size >= KEPT) this.kept.clear()
      series = this.seriesAt(variance)
      this.kept.set(variance, series)
    }
    this.lastVariance = variance
    this.last = series
    return series
  }
}
