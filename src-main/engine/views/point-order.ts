import type { Coordinate, Dataset } from '@shared/design/dataset'
import { LabError } from '@shared/protocol/errors'

/** The numbers that points are plotted against: the data's own, or one of their inputs. */
export function plotCoordinate(data: Dataset, input: number | null): Coordinate {
  if (input === null) return data.coordinate
  const { columns } = data.trainInputs
  if (input >= columns) {
    throw new LabError(
      'invalid-request',
      `input: there is no input ${input}: the data have inputs 0 to ${columns - 1}`
    )
  }
  const column = ({ values, rows }: Dataset['trainInputs']): Float64Array =>
    Float64Array.from({ length: rows }, (_, i) => values[i * columns + input] ?? NaN)
  return {
    label: `input ${input + 1}`,
    unit: '',
    train: column(data.trainInputs),
    test: column(data.testInputs)
  }
}

/** Places of numbers in rising order. */
export function ascending(values: Float64Array): number[] {
  return [...values.keys()].sort((a, b) => (values[a] ?? NaN) - (values[b] ?? NaN))
}

/** Some of the numbers, in an order. */
export function inOrder(values: ArrayLike<number>, order: readonly number[]): Float64Array {
  return Float64Array.from(order, (i) => values[i] ?? NaN)
}

/** Sorted coordinates as centres of cells: themselves where they differ, else their places. */
export function cellCentres(sorted: Float64Array): Float64Array {
  const distinct = sorted.every((value, i) => i === 0 || value > (sorted[i - 1] ?? NaN))
  return distinct ? sorted : sorted.map((_, i) => i)
}
