import { LabError } from '../protocol/errors'
import type { Matrix } from './dataset'

/** A class as users name it. */
export type Label = number | string

/** Labels as regression targets. */
export interface LabelTargets {
  /** N×1 of ±1 for two classes named so, otherwise one-hot, N×C. */
  readonly targets: Matrix
  /** The classes in the order of the columns; null for ±1, whose class is the sign of the score. */
  readonly classes: readonly Label[] | null
}

/**
 * Regression targets of labels: −1 and 1 as they are, whatever else one-hot, with classes in rising
 * order (numbers before texts). Rows of zeros with a single one are one-hot already, classes 0 … C−1.
 *
 * @throws {LabError} 'invalid-request' naming ytrain where the labels are none
 */
export function labelTargets(ytrain: readonly (Label | readonly Label[])[]): LabelTargets {
  const rows = ytrain.map((entry) =>
    Array.isArray(entry) ? (entry as readonly Label[]) : [entry as Label]
  )
  const width = rows[0]?.length ?? 0
  rows.forEach((row, i) => {
    if (row.length !== width)
      invalid(`ytrain[${i}] has ${row.length} entries, but ytrain[0] has ${width}`)
  })
  if (width > 1)
    return oneHot(
      rows.map(indexOfOne),
      Array.from({ length: width }, (_, k) => k)
    )
  const labels = rows.map(([label = NaN]) => label)
  if (labels.every((label) => label === 1 || label === -1)) {
    const values = Float64Array.from(labels, Number)
    return { targets: { values, rows: values.length, columns: 1 }, classes: null }
  }
  const classes = [...new Set(labels)].sort(byKindThenValue)
  if (classes.length === 1) {
    invalid(`ytrain names a single class, ${String(classes[0])}: at least two are needed`)
  }
  return oneHot(
    labels.map((label) => classes.indexOf(label)),
    classes
  )
}

function oneHot(indices: readonly number[], classes: readonly Label[]): LabelTargets {
  const values = new Float64Array(indices.length * classes.length)
  indices.forEach((k, i) => {
    values[i * classes.length + k] = 1
  })
  return { targets: { values, rows: indices.length, columns: classes.length }, classes }
}

function indexOfOne(row: readonly Label[], i: number): number {
  const ones = row.filter((value) => value === 1).length
  const zeros = row.filter((value) => value === 0).length
  if (ones !== 1 || zeros !== row.length - 1) {
    invalid(`ytrain[${i}] is [${row.join(', ')}]: a one-hot row has a single 1 and zeros`)
  }
  return row.indexOf(1)
}

function byKindThenValue(a: Label, b: Label): number {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
  return a < b ? -1 : 1
}

function invalid(message: string): never {
  throw new LabError('invalid-request', message)
}
