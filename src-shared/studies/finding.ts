import { z } from 'zod'

/** Further from what is expected than this many standard errors is a disagreement. */
export const Z_LIMIT = 3

/** What theory says of a number. */
const expectationSchema = z.object({
  /** Between which values it must lie; null leaves a side open. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Why: a formula, a theorem, the error of the method. */
  reason: z.string()
})

/** A number that a study found. */
export const findingSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  label: z.string(),
  value: z.number(),
  unit: z.string(),
  /** Of an estimate from random networks; null where the number is computed, not estimated. */
  standardError: z.number().nullable(),
  /** 95 % confidence interval. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** null where the number is only reported. */
  expectation: expectationSchema.nullable(),
  /** Standard errors from what is expected, 0 inside; null without either. */
  z: z.number().nullable(),
  verdict: z.enum(['agrees', 'disagrees', 'measured'])
})
export type Finding = z.infer<typeof findingSchema>

/** What an analysis states of a number; the rest follows. */
export interface StatedFinding {
  readonly id: string
  readonly label: string
  readonly value: number
  readonly unit?: string
  readonly standardError?: number | null
  readonly interval?: readonly [number, number] | null
  readonly expectation?: z.infer<typeof expectationSchema>
}

/**
 * Judges a number against what is expected of it. An estimate with a standard error agrees within
 * `Z_LIMIT` of them; one with an interval alone where the interval reaches what is expected; a
 * computed number where it lies there itself.
 */
export function finding(stated: StatedFinding): Finding {
  const { value, standardError = null, interval = null, expectation = null } = stated
  const common = {
    ...{ id: stated.id, label: stated.label, value, unit: stated.unit ?? '', standardError },
    ...{ interval: interval && ([...interval] as [number, number]), expectation }
  }
  if (!expectation) return { ...common, z: null, verdict: 'measured' }
  const low = expectation.low ?? -Infinity
  const high = expectation.high ?? Infinity
  const outside = Math.max(0, low - value, value - high)
  const z = standardError === null ? null : outside === 0 ? 0 : outside / standardError
  const agrees =
    z !== null ? z <= Z_LIMIT : interval ? interval[1] >= low && interval[0] <= high : outside === 0
  return { ...common, z, verdict: agrees ? 'agrees' : 'disagrees' }
}

/** Expected to be this number up to an error of the method. */
export function about(value: number, tolerance: number, reason: string) {
  return { low: value - tolerance, high: value + tolerance, reason }
}
