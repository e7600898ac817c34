import { formatTick, powerOfTen } from './numbers'

/** Where an axis runs and which values are marked on it. */
export interface Ticks {
  readonly min: number
  readonly max: number
  readonly values: readonly number[]
  readonly label: (value: number) => string
}

/** The smallest and largest finite numbers of several arrays; null where there is none. */
export function finiteRange(arrays: readonly ArrayLike<number>[]): [number, number] | null {
  let low = Infinity
  let high = -Infinity
  for (const array of arrays) {
    for (let i = 0; i < array.length; i++) {
      const value = array[i] ?? NaN
      if (!Number.isFinite(value)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return low <= high ? [low, high] : null
}

/**
 * An axis around a range with about `wanted` ticks at round values.
 *
 * @param whole ticks are whole numbers, as of ranks
 */
export function roundTicks(low: number, high: number, wanted = 6, whole = false): Ticks {
  const [from, to] = high > low ? [low, high] : [low - 1, high + 1]
  const rough = Math.max((to - from) / wanted, whole ? 1 : 0)
  const power = 10 ** Math.floor(Math.log10(rough))
  const factors = whole ? [1, 2, 5] : [1, 2, 2.5, 5]
  const step = power * (factors.find((factor) => factor * power >= rough) ?? 10)
  const first = Math.floor(from / step)
  const last = Math.ceil(to / step)
  // Without the last bits of a product such as 17 · 0.05, which is not 0.85.
  const values = Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12))
  )
  return { min: values[0] ?? from, max: values.at(-1) ?? to, values, label: formatTick }
}

/** The axis of angles of a whole turn: multiples of π/2, or of π where few marks are wanted. */
export function angleTicks(wanted = 6): Ticks {
  const names = ['−π', '−π/2', '0', 'π/2', 'π']
  const every = wanted >= 4 ? 1 : wanted >= 2 ? 2 : 4
  return {
    min: -Math.PI,
    max: Math.PI,
    values: names.map((_, i) => ((i - 2) * Math.PI) / 2).filter((_, i) => i % every === 0),
    label: (value) => names[Math.round((2 * value) / Math.PI) + 2] ?? ''
  }
}

/**
 * A logarithmic axis: positions are log₁₀ of the values.
 *
 * Decades are marked; 1, 2 and 5 of each where there are few of them, and round values where the
 * whole range is a fraction of one.
 *
 * @param wanted about so many marks at most
 */
export function logarithmicTicks(low: number, high: number, wanted = 6): Ticks {
  const [from, to] = [Math.log10(low), Math.log10(high)]
  const span = to - from
  if (span < 0.5) {
    const round = roundTicks(low, high, wanted)
    const values = round.values.filter((value) => value > 0).map(Math.log10)
    const [min = from, max = to] = [values[0], values.at(-1)]
    return { min, max, values, label: (value) => formatTick(10 ** value) }
  }
  const mantissas = span >= 2 ? [1] : 3 * span <= wanted + 1 ? [1, 2, 5] : [1, 3]
  const every = Math.max(1, Math.ceil(span / (wanted + 2)))
  const values: number[] = []
  for (let power = Math.floor(from); power <= Math.ceil(to); power++) {
    if (power % every === 0) values.push(...mantissas.map((m) => power + Math.log10(m)))
  }
  const margin = 0.06 * span
  return { min: from - margin, max: to + margin, values, label: decadeLabel }
}

function decadeLabel(position: number): string {
  const power = Math.floor(position + 1e-9)
  const mantissa = Math.round(10 ** (position - power))
  if (power >= -2 && power <= 3) return formatTick(mantissa * 10 ** power)
  return mantissa === 1 ? powerOfTen(power) : `${mantissa}·${powerOfTen(power)}`
}

/** A coordinate's name with its unit, as axes carry it. */
export function axisName(label: string, unit: string): string {
  return unit === '' ? label : `${label} (${unit})`
}
