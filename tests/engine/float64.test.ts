import { describe, expect, test } from 'vitest'
import type { Matrix } from '@shared/design/dataset'
import type { SymmetricKernelMatrix } from '@shared/theory/kernel-matrix'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import { scaledColumns } from '@shared/theory/matrix-arithmetic'
import { javascriptLinearAlgebra } from '../../src-main/engine/float64/javascript-linear-algebra'
import { NativeLinearAlgebra } from '../../src-main/engine/float64/native-linear-algebra'
import { NativeFloat64 } from '../../src-main/engine/float64/native-matrix'
import { loadTensorFlow, tensorFlowBinding } from '../../src-main/engine/tensorflow'

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
  expect(native.multiply(A, A, { A: true })).toEqual(
    javascriptLinearAlgebra.multiply(A, A, { A: true })
  )
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
    symmetric([
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

describe('native algebra and that in JavaScript agree', () => {
  /** Entries between −1 and 1 without symmetry or structure, the same in every run. */
  const rows = Array.from({ length: 12 }, (_, i) =>
    Array.from({ length: 12 }, (_, j) => Math.sin(1 + 3 * i + 7 * j * j + i * j))
  )
  const A = matrix(rows)
  const S: SymmetricKernelMatrix = {
    ...native.multiply(A, A, { B: true }),
    kind: 'nngp',
    symmetric: true
  }
  const B = matrix(rows.map((row) => row.slice(0, 3)))
  const close = (got: Float64Array, wanted: Float64Array, digits = 11) => {
    expect(got).toHaveLength(wanted.length)
    got.forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i]!, digits)
    })
  }

  test('products and solutions', () => {
    for (const transpose of [{}, { A: true }, { B: true }, { A: true, B: true }]) {
      const [got, wanted] = [native, javascriptLinearAlgebra].map((algebra) =>
        algebra.multiply(A, S, transpose)
      )
      close(got!.values, wanted!.values)
    }
    close(native.solve(A, B)!.values, javascriptLinearAlgebra.solve(A, B)!.values, 9)
    close(
      native.solveSymmetric(S, B)!.values,
      javascriptLinearAlgebra.solveSymmetric(S, B)!.values,
      7
    )
    const indefinite = symmetric([
      [1, 2],
      [2, 1]
    ])
    expect(javascriptLinearAlgebra.solveSymmetric(indefinite, matrix([[1], [1]]))).toBeNull()
    expect(javascriptLinearAlgebra.solve(matrix([[0]]), matrix([[1]]))).toBeNull()
    expect(() => javascriptLinearAlgebra.multiply(B, B)).toThrow('inner sizes 3, 12')
  })

  test('decompositions', () => {
    const pairs = (algebra: LinearAlgebra) => {
      const { real, imaginary } = algebra.eigenvalues(A)
      return [...real]
        .map((re, i) => [re, imaginary[i]!] as const)
        .sort(([a, b], [c, d]) => (Math.abs(a - c) > 1e-9 ? a - c : b - d))
        .flat()
    }
    close(Float64Array.from(pairs(native)), Float64Array.from(pairs(javascriptLinearAlgebra)))
    close(native.symmetricEigen(S).values, javascriptLinearAlgebra.symmetricEigen(S).values)
    for (const algebra of [native, javascriptLinearAlgebra]) {
      const eigen = algebra.symmetricEigen(S)
      const rebuilt = algebra.multiply(scaledColumns(eigen.vectors, eigen.values), eigen.vectors, {
        B: true
      })
      close(rebuilt.values, S.values)
      const { values, left, right } = algebra.singularValues(A)
      close(algebra.multiply(scaledColumns(left, values), right, { B: true }).values, A.values)
      close(values, values.slice().sort().reverse(), 15)
    }
    close(native.singularValues(A).values, javascriptLinearAlgebra.singularValues(A).values)
  })
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
  native.singularValues(matrix(hilbert(4)))
  native.symmetricEigen(symmetric(hilbert(4)))
  expect(before.getNumOfTensors()).toBe(count)
})
