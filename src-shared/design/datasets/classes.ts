import { columnMatrix, type Matrix } from '../matrix'
import type { Classes } from './dataset-definition'

/** Targets of two classes: the first is −1, the second +1. */
export function signTargets(labels: Int32Array): Matrix {
  return columnMatrix(Float64Array.from(labels, (label) => 2 * label - 1))
}

/** Targets of k classes: 1 in the column of a point's class, 0 elsewhere. */
export function oneHotTargets(labels: Int32Array, classes: number): Matrix {
  const values = new Float64Array(labels.length * classes)
  labels.forEach((label, i) => {
    values[i * classes + label] = 1
  })
  return { values, rows: labels.length, columns: classes }
}

/** Two classes named after their targets. */
export function signClasses(train: Int32Array, test: Int32Array): Classes {
  return { names: ['−1', '+1'], train, test }
}
