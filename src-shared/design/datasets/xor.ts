import { z } from 'zod'
import type { Matrix } from '../matrix'
import { angleCoordinate } from './coordinates'
import { signClasses, signTargets } from './classes'
import { defineGenerator } from './dataset-definition'
import { drawnPoints, noiseDeviation, normalNoise, type Part } from './draw'

const corners = [
  [-1, -1],
  [-1, 1],
  [1, 1],
  [1, -1]
] as const

/** Exclusive or: clouds around the corners of a square, opposite ones of one class. */
export const xor = defineGenerator({
  schema: z.strictObject({
    kind: z.literal('xor'),
    ...drawnPoints,
    /** Standard deviation of each coordinate around its corner; without any, points coincide. */
    noise: noiseDeviation.unwrap().default(0.25)
  }),
  title: 'XOR',
  description:
    'Clouds of points around the corners (±1, ±1) of a square, the corners taking turns: +1 where ' +
    'the corner’s coordinates differ in sign, −1 where they agree.',
  formula: String.raw`y=-\operatorname{sign}(c_0c_1),\quad x=c+\text{noise},\quad c\in\{\pm1\}^2`,
  make: ({ trainCount, testCount, seed, noise }) => {
    const clouds = (part: Part, rows: number): Matrix => {
      const displacement = normalNoise(seed, part, 2 * rows)
      return {
        values: displacement.map((z, i) => (cornerOf(i >> 1)[i % 2] ?? NaN) + noise * z),
        rows,
        columns: 2
      }
    }
    const labels = (rows: number): Int32Array =>
      Int32Array.from({ length: rows }, (_, i) => {
        const [c0, c1] = cornerOf(i)
        return c0 === c1 ? 0 : 1
      })
    const train = clouds('train', trainCount)
    const test = clouds('test', testCount)
    const classes = signClasses(labels(trainCount), labels(testCount))
    return {
      trainInputs: train,
      trainTargets: signTargets(classes.train),
      testInputs: test,
      testTargets: signTargets(classes.test),
      coordinate: angleCoordinate(train, test),
      classes
    }
  }
})

function cornerOf(point: number): (typeof corners)[number] {
  return corners[point % corners.length] ?? corners[0]
}
