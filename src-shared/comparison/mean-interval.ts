import studentQuantile from '@stdlib/stats-base-dists-t-quantile'
import { z } from 'zod'

/** The mean of some independent values, and what they tell of the mean behind them. */
export const meanIntervalSchema = z.object({
  count: z.int().min(1),
  mean: z.number(),
  /** Sample standard deviation (divisor n − 1); null for a single value. */
  deviation: z.number().nullable(),
  /** 95 % confidence interval of the mean, Student's; null for a single value. */
  interval: z.tuple([z.number(), z.number()]).nullable()
})
export type MeanInterval = z.infer<typeof meanIntervalSchema>

/** Half the width of the confidence interval; NaN where there is none. */
export function intervalReach(statistics: MeanInterval | null): number {
  const interval = statistics?.interval
  return interval ? (interval[1] - interval[0]) / 2 : NaN
}

const TWO_SIDED_95 = 0.975

/** Mean, standard deviation and Student's confidence interval of values; null for none. */
export function meanInterval(values: readonly number[]): MeanInterval | null {
  const count = values.length
  if (count === 0) return null
  const mean = values.reduce((total, value) => total + value, 0) / count
  if (count === 1) return { count, mean, deviation: null, interval: null }
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / (count - 1))
  const reach = (studentQuantile(TWO_SIDED_95, count - 1) * deviation) / Math.sqrt(count)
  return { count, mean, deviation, interval: [mean - reach, mean + reach] }
}
