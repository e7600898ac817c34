import { angleTicks, finiteRange, logarithmicTicks, roundTicks, type Ticks } from './axes'
import { formatTick } from './numbers'
import type { PlotAxis } from './plot'

/** How an axis places its values: positions are what a linear axis draws. */
export interface AxisScale {
  readonly position: (value: number) => number
  readonly value: (position: number) => number
  /** Limits, marks and their words, as positions. */
  readonly ticks: Ticks
  /** The position of 0 where it is set apart from the rest, else null. */
  readonly apart: number | null
}

/** More marks are never wanted of an axis. */
export const MOST_TICKS = 6
/** Places of 0 before the smallest number, and of the axis' end before it, in decades. */
const APART = 0.5
const BEFORE_APART = 0.25
/** An asinh axis without a stated width is linear up to this share of its largest number. */
const LINEAR_SHARE = 1 / 100

/**
 * The scale of an axis.
 *
 * @param data all that is drawn along it, for its range
 * @param wanted about so many marks where it can be chosen
 */
export function axisScale(
  axis: PlotAxis,
  data: readonly ArrayLike<number>[],
  wanted: number
): AxisScale {
  const { categories } = axis
  if (categories) return categoryScale(categories, wanted)
  switch (axis.scale) {
    case 'linear':
      return linearScale(axis, data, wanted)
    case 'log':
      return logarithmicScale(axis, data, wanted)
    case 'asinh':
      return asinhScale(axis, data, wanted)
  }
}

const identity = (value: number): number => value

function categoryScale(categories: readonly string[], wanted: number): AxisScale {
  const every = wanted >= MOST_TICKS ? 1 : Math.ceil(categories.length / (wanted + 1))
  return {
    position: identity,
    value: identity,
    apart: null,
    ticks: {
      min: -0.5,
      max: categories.length - 0.5,
      values: [...categories.keys()].filter((i) => i % every === 0),
      label: (value) => categories[Math.round(value)] ?? ''
    }
  }
}

function linearScale(
  { range, unit, fit }: PlotAxis,
  data: readonly ArrayLike<number>[],
  wanted: number
): AxisScale {
  const [low, high] = range ?? finiteRange(data) ?? [0, 1]
  const turn = unit === 'rad' && low >= -Math.PI - 1e-9 && high <= Math.PI + 1e-9
  const exact = range !== null || (fit === 'tight' && high > low)
  const whole = data.length > 0 && data.every((values) => Array.from(values).every(isWhole))
  const round = roundTicks(low, high, wanted, whole)
  const own = exact ? { ...round, min: low, max: high } : round
  const ticks = turn && range === null ? angleTicks(wanted) : own
  return { position: identity, value: identity, apart: null, ticks: inside(ticks) }
}

function logarithmicScale(
  axis: PlotAxis,
  data: readonly ArrayLike<number>[],
  wanted: number
): AxisScale {
  const { range, zeroApart, fit } = axis
  const value = (position: number): number => 10 ** position
  const position = (number: number): number => (number > 0 ? Math.log10(number) : NaN)
  if (range) {
    const low = range[0] > 0 ? range[0] : (smallestPositive(data) ?? range[1] / 1000)
    const ends = { min: Math.log10(low), max: Math.log10(range[1]) }
    const ticks = inside({ ...logarithmicTicks(low, range[1], wanted), ...ends })
    return { position, value, apart: null, ticks }
  }
  const low = smallestPositive(data)
  const high = finiteRange(data)?.[1]
  const [from, to] = low !== null && high !== undefined ? [low, high] : [1, 10]
  if (!zeroApart || !data.some((values) => Array.prototype.includes.call(values, 0))) {
    const marks = logarithmicTicks(from, to, wanted)
    const ends = fit === 'tight' && to > from ? { min: Math.log10(from), max: Math.log10(to) } : {}
    return { position, value, apart: null, ticks: inside({ ...marks, ...ends }) }
  }
  const [first, last] = [Math.log10(from), Math.log10(Math.max(to, 10 * from))]
  const apart = first - APART
  const decades = logarithmicTicks(from, Math.max(to, 100 * from), wanted)
  const values = decades.values.filter((mark) => mark >= first - 1e-9 && mark <= last + 1e-9)
  return {
    position: (number) => (number === 0 ? apart : position(number)),
    value: (place) => (place < (apart + first) / 2 ? 0 : value(place)),
    apart,
    ticks: {
      min: apart - BEFORE_APART,
      max: last,
      values: [apart, ...values],
      label: (mark) => (mark === apart ? '0' : decades.label(mark))
    }
  }
}

function asinhScale(
  { range, linearWidth }: PlotAxis,
  data: readonly ArrayLike<number>[],
  wanted: number
): AxisScale {
  const [low, high] = range ?? finiteRange(data) ?? [-1, 1]
  const largest = Math.max(Math.abs(low), Math.abs(high)) || 1
  const linear = linearWidth ?? 10 ** Math.round(Math.log10(LINEAR_SHARE * largest))
  const position = (value: number): number => Math.asinh(value / linear)
  const value = (place: number): number => linear * Math.sinh(place)
  const powers = Math.max(0, Math.floor(Math.log10(largest / linear) + 1e-9))
  const every = Math.max(1, Math.ceil((2 * powers + 1) / wanted))
  const decades = Array.from({ length: powers + 1 }, (_, i) => linear * 10 ** i).filter(
    (_, i) => i % every === powers % every
  )
  const marks =
    largest < 3 * linear ? roundTicks(low, high, wanted).values : [0, ...signed(decades)]
  const margin = range === null ? 0.04 * (position(high) - position(low) || 1) : 0
  return {
    position,
    value,
    apart: null,
    ticks: inside({
      min: position(low) - margin,
      max: position(high) + margin,
      values: marks.map(position).sort((a, b) => a - b),
      label: (place) => formatTick(value(place))
    })
  }
}

/** Whether a number does not speak against an axis of whole numbers. */
function isWhole(value: number): boolean {
  return Number.isInteger(value) || Number.isNaN(value)
}

function signed(values: readonly number[]): number[] {
  return values.flatMap((value) => [value, -value])
}

function smallestPositive(data: readonly ArrayLike<number>[]): number | null {
  let smallest = Infinity
  for (const values of data) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? NaN
      if (value > 0 && value < smallest) smallest = value
    }
  }
  return smallest < Infinity ? smallest : null
}

/** Marks between the ends alone. */
function inside(ticks: Ticks): Ticks {
  const slack = 1e-9 * (ticks.max - ticks.min)
  const values = ticks.values.filter((at) => at >= ticks.min - slack && at <= ticks.max + slack)
  return { ...ticks, values }
}
