import type { Dataset } from '../design/dataset'
import { COLOUR_LEVELS, colourOfLevel } from './colour-map'
import { formatNumber } from './numbers'
import type { PlotColour } from './plot'

/** Points that are drawn alike: of one class, or with targets in one range. */
export interface PointGroups {
  readonly names: readonly string[]
  readonly colours: readonly PlotColour[]
  /** The group of every point; −1 for test points without a known target. */
  readonly train: Int32Array
  readonly test: Int32Array
}

/** Ranges that numeric targets are told apart by. */
const RANGES = 7
/** Both ends of the map of colours are left out: they fade into light or dark grounds. */
const [FIRST_LEVEL, LAST_LEVEL] = [0.12 * COLOUR_LEVELS, 0.9 * COLOUR_LEVELS]

/** Groups of a data set's points: by class, else by the first target, in ranges of equal width. */
export function pointGroups({
  classes,
  trainTargets,
  testTargets,
  testInputs
}: Dataset): PointGroups {
  if (classes) {
    const { names, train, test } = classes
    return { names, colours: names.map((_, i) => i), train, test }
  }
  const train = firstColumn(trainTargets)
  const test = testTargets ? firstColumn(testTargets) : null
  const all = test ? [...train, ...test] : [...train]
  const distinct = [...new Set(all)].sort((a, b) => a - b)
  const [low, high] = [distinct[0] ?? NaN, distinct.at(-1) ?? NaN]
  const single = distinct.length <= RANGES
  const groupOf = (value: number): number =>
    single
      ? distinct.indexOf(value)
      : Math.min(RANGES - 1, Math.floor((RANGES * (value - low)) / (high - low)))
  const count = single ? distinct.length : RANGES
  const border = (i: number): string => formatNumber(low + (i * (high - low)) / RANGES, 2)
  return {
    names: Array.from({ length: count }, (_, i) =>
      single ? formatNumber(distinct[i] ?? NaN) : `${border(i)} to ${border(i + 1)}`
    ),
    colours: Array.from({ length: count }, (_, i) => levelColour(i, count)),
    train: Int32Array.from(train, groupOf),
    test: test ? Int32Array.from(test, groupOf) : new Int32Array(testInputs.rows).fill(-1)
  }
}

function levelColour(i: number, count: number): string {
  const share = count === 1 ? 0.5 : i / (count - 1)
  return colourOfLevel('sequential', FIRST_LEVEL + share * (LAST_LEVEL - FIRST_LEVEL))
}

/** The first number of every row. */
export function firstColumn(matrix: Dataset['trainTargets']): Float64Array {
  const { values, rows, columns } = matrix
  return Float64Array.from({ length: rows }, (_, i) => values[i * columns] ?? NaN)
}
