import { expect, test } from 'vitest'
import type { Matrix } from '@shared/design/dataset'
import type { SymmetricKernelMatrix } from '@shared/theory/kernel-matrix'
import { NativeLinearAlgebra } from '../../src-main/engine/float64/native-linear-algebra'
import { NativeFloat64 } from '../../src-main/engine/float64/native-matrix'
import { loadTensorFlow, tensorFlowBinding } from '../../src-main/engine/tensorflow'
import { plainLinearAlgebra } from '../support/plain-linear-algebra'

const tf = loadTensorFlow()
const native = new NativeLinearAlgebra(tensorFlowBinding(tf))

const matrix = (rows: number[][]): Matrix => ({
  values: Float64Array.from(rows.flat()),
  rows: rows.length,
  columns: rows[0]!.length
})
const symmetric = (rows: number[][]): SymmetricKernelMatrix => ({
  ...matrix(rows),
  kind: 'nngp',
  symmetric: true
})
const hilbert = (n: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => 1 / (i + j + 1)))

test('keeps every bit of a float64 on the way in and out', () => {
  const values = [Math.PI, -0, 5e-324, 1.7976931348623157e308, 1 + Number.EPSILON, -Infinity, NaN]
  const transport = new NativeFloat64(tensorFlowBinding(tf))
  const id = transport.upload(Float64Array.from(values), [values.length])
  const back = [...transport.download(id)]
  transport.delete(id)
  values.forEach((value, i) => {
    expect(Object.is(back[i], value)).toBe(true)
  })
})

test('multiplies with either side transposed', () => {
  const A = matrix([
    [1, 2, 3],
    [4, 5, 6]
  ])
  expect([...native.multiply(A, A, { B: true }).values]).toEqual([14, 32, 32, 77])
  expect(native.multiply(A, A, { A: true })).toEqual(plainLinearAlgebra.multiply(A, A, { A: true }))
  expect(() => native.multiply(A, A)).toThrow('inner sizes 3, 2')
})

test('factors and solves symmetric positive definite systems', () => {
  const factor = native.cholesky(
    matrix([
      [4, 2],
      [2, 10]
    ])
  )
  expect([...factor!.values]).toEqual([2, 0, 1, 3])
  const solution = native.solveSymmetric(symmetric(hilbert(5)), matrix([[1], [0], [0], [0], [0]]))
  // First column of the inverse Hilbert matrix, known in integers.
  expect([...solution!.values].map((x) => Math.round(x * 1e6) / 1e6)).toEqual([
    25, -300, 1050, -1400, 630
  ])
})

test('says so where a matrix has no such solution', () => {
  const indefinite = symmetric([
    [1, 2],
    [2, 1]
  ])
  expect(native.solveSymmetric(indefinite, matrix([[1], [1]]))).toBeNull()
  const singular = matrix([
    [1, 2],
    [2, 4]
  ])
  expect(native.solve(singular, matrix([[1], [1]]))).toBeNull()
})

test('solves asymmetric systems, not their transposes', () => {
  const A = matrix([
    [2, 1],
    [0, 4]
  ])
  expect([...native.solve(A, matrix([[4], [8]]))!.values]).toEqual([1, 2])
})

test('finds the eigenvalues of symmetric and of general matrices', () => {
  const { values, vectors } = native.symmetricEigen(
    matrix([
      [2, 1],
      [1, 2]
    ])
  )
  expect(values[0]).toBeCloseTo(1, 14)
  expect(values[1]).toBeCloseTo(3, 14)
  expect(Math.abs(vectors.values[1]!)).toBeCloseTo(Math.SQRT1_2, 14)
  // A rotation by 90 degrees, scaled by 3: eigenvalues ±3i.
  const rotation = native.eigenvalues(
    matrix([
      [0, -3],
      [3, 0]
    ])
  )
  expect([...rotation.real].every((x) => Math.abs(x) < 1e-14)).toBe(true)
  expect([...rotation.imaginary].sort((a, b) => a - b)).toEqual([-3, 3])
})

test('computes elementwise functions in float64', () => {
  const got = native.elementwise('Erf', matrix([[0.5, -1, 2]])).values
  // erf at 0.5, 1 and 2 to 16 digits (Abramowitz & Stegun, table 7.1, extended).
  expect(got[0]).toBeCloseTo(0.5204998778130465, 15)
  expect(got[1]).toBeCloseTo(-0.8427007929497149, 15)
  expect(got[2]).toBeCloseTo(0.9953222650189527, 15)
})

test('leaves no tensor behind', () => {
  const before = (tf.backend() as unknown as { binding: { getNumOfTensors(): number } }).binding
  const count = before.getNumOfTensors()
  native.eigenvalues(matrix(hilbert(4)))
  native.solve(matrix(hilbert(4)), matrix(hilbert(4)))
  native.solveSymmetric(symmetric(hilbert(4)), matrix(hilbert(4)))
  native.solve(matrix([[0]]), matrix([[1]]))
  expect(before.getNumOfTensors()).toBe(count)
})
