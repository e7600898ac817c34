import { z } from 'zod'
import { columnMatrix, matrixRow, scaleToNorm, type Matrix } from '../matrix'
import { positiveNumber } from '../parameters'
import { angleCoordinate, plainCoordinate } from './coordinates'
import { defineGenerator, type Coordinate } from './dataset-definition'
import { drawnPoints, noiseDeviation, noisyTargets, normalPoints, type Part } from './draw'
import {
  drawnDirection,
  polynomialTarget,
  projection,
  sphericalHarmonic
} from './targets/polynomial'
import { teacherFunction, teacherTarget } from './targets/teacher'

/** Points drawn uniformly from a sphere around 0. */
export const sphere = defineGenerator({
  schema: z.strictObject({
    kind: z.literal('sphere'),
    /** d, the number of inputs. */
    dimension: z.int('dimension must be a whole number').min(2).max(1000),
    radius: positiveNumber.default(1),
    ...drawnPoints,
    target: z.discriminatedUnion('name', [polynomialTarget, teacherTarget]),
    /** Standard deviation of what is added to training targets. */
    noise: noiseDeviation
  }),
  title: 'Sphere',
  description:
    'Points drawn uniformly from a sphere in d dimensions; the target is a zonal harmonic of one ' +
    'degree, or a random teacher network, of x divided by the radius.',
  formula: String.raw`\sqrt{N}\,P_k(w\cdot x)\ \text{ or }\ \tfrac{1}{\sqrt n}\textstyle\sum_i a_i\varphi(w_i\cdot x)`,
  make: ({ dimension, radius, trainCount, testCount, seed, target, noise }) => {
    const directions = (part: Part, rows: number): Matrix => ({
      values: unitRows(normalPoints(seed, part, rows * dimension), dimension),
      rows,
      columns: dimension
    })
    const train = directions('train', trainCount)
    const test = directions('test', testCount)
    const axis = drawnDirection(seed, dimension)
    const evaluate =
      target.name === 'teacher'
        ? teacherFunction(target, dimension, seed)
        : (point: Float64Array) =>
            sphericalHarmonic(target.degree, dimension, projection(axis, point))
    const onRows = (points: Matrix, f: (point: Float64Array) => number): Float64Array =>
      Float64Array.from({ length: points.rows }, (_, i) => f(matrixRow(points, i)))
    const scaled = (points: Matrix): Matrix => ({
      ...points,
      values: points.values.map((component) => radius * component)
    })
    const alongAxis = (point: Float64Array): number => projection(axis, point)
    const coordinate = (): Coordinate => {
      if (dimension === 2) return angleCoordinate(train, test)
      if (target.name === 'teacher') return plainCoordinate(train, test)
      return {
        label: 'cosine to the axis',
        unit: '',
        train: onRows(train, alongAxis),
        test: onRows(test, alongAxis)
      }
    }
    return {
      trainInputs: scaled(train),
      trainTargets: noisyTargets(onRows(train, evaluate), noise, seed),
      testInputs: scaled(test),
      testTargets: columnMatrix(onRows(test, evaluate)),
      coordinate: coordinate()
    }
  }
})

/** Divides every row by its norm, which is above 0 with probability 1. */
function unitRows(values: Float64Array, columns: number): Float64Array {
  for (let start = 0; start < values.length; start += columns) {
    scaleToNorm(values.subarray(start, start + columns), 1)
  }
  return values
}
