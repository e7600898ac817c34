import { z } from 'zod'
import { columnMatrix, matrixRow, type Matrix } from '../matrix'
import { positiveNumber } from '../parameters'
import { plainCoordinate } from './coordinates'
import { defineGenerator } from './dataset-definition'
import { drawnPoints, noiseDeviation, noisyTargets, normalPoints, type Part } from './draw'
import { drawnDirection, hermite, polynomialTarget, projection } from './targets/polynomial'
import { teacherFunction, teacherTarget } from './targets/teacher'

/** Points whose coordinates are independent and normal. */
export const gaussian = defineGenerator({
  schema: z.strictObject({
    kind: z.literal('gaussian'),
    /** d, the number of inputs. */
    dimension: z.int('dimension must be a whole number').min(1).max(1000),
    /** Standard deviation s of every coordinate. */
    deviation: positiveNumber.default(1),
    ...drawnPoints,
    target: z.discriminatedUnion('name', [polynomialTarget, teacherTarget]),
    /** Standard deviation of what is added to training targets. */
    noise: noiseDeviation
  }),
  title: 'Gaussian',
  description:
    'Points with independent normal coordinates; the target is a Hermite polynomial along one ' +
    'direction, or a random teacher network, of x divided by its standard deviation.',
  formula: String.raw`\mathrm{He}_k(w\cdot x)/\sqrt{k!}\ \text{ or }\ \tfrac{1}{\sqrt n}\textstyle\sum_i a_i\varphi(w_i\cdot x)`,
  make: ({ dimension, deviation, trainCount, testCount, seed, target, noise }) => {
    const standard = (part: Part, rows: number): Matrix => ({
      values: normalPoints(seed, part, rows * dimension),
      rows,
      columns: dimension
    })
    const axis = drawnDirection(seed, dimension)
    const evaluate =
      target.name === 'teacher'
        ? teacherFunction(target, dimension, seed)
        : (point: Float64Array) => hermite(target.degree, projection(axis, point))
    const targets = (points: Matrix): Float64Array =>
      Float64Array.from({ length: points.rows }, (_, i) => evaluate(matrixRow(points, i)))
    const scaled = (points: Matrix): Matrix => ({
      ...points,
      values: points.values.map((component) => deviation * component)
    })
    const train = standard('train', trainCount)
    const test = standard('test', testCount)
    const trainInputs = scaled(train)
    const testInputs = scaled(test)
    return {
      trainInputs,
      trainTargets: noisyTargets(targets(train), noise, seed),
      testInputs,
      testTargets: columnMatrix(targets(test)),
      coordinate: plainCoordinate(trainInputs, testInputs)
    }
  }
})
