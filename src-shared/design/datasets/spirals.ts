import { z } from 'zod'
import type { Matrix } from '../matrix'
import { positiveNumber } from '../parameters'
import { signClasses, signTargets } from './classes'
import { defineGenerator } from './dataset-definition'
import { drawnPoints, noiseDeviation, normalNoise, uniformPoints, type Part } from './draw'

interface Arms {
  readonly points: Matrix
  /** Points take turns: class 0, class 1, class 0, … */
  readonly labels: Int32Array
  /** Position along the arm in (0, 1), with the sign of the class. */
  readonly position: Float64Array
}

/** Two interleaved spirals in the plane, one a class. */
export const spirals = defineGenerator({
  schema: z.strictObject({
    kind: z.literal('spirals'),
    /** How often an arm winds around 0. */
    turns: positiveNumber.max(20).default(1.5),
    ...drawnPoints,
    /** Standard deviation by which each coordinate of a point is displaced. */
    noise: noiseDeviation
  }),
  title: 'Two spirals',
  description: 'Two spiral arms in the unit disc, each the other turned by half a turn; one is −1.',
  formula: String.raw`y=\pm1,\quad x=\pm s\,(\sin 2\pi\tau s,\cos 2\pi\tau s),\quad s\in(0,1)`,
  make: ({ turns, trainCount, testCount, seed, noise }) => {
    const arms = (part: Part, rows: number): Arms => {
      const along = uniformPoints(seed, part, rows)
      const displacement = normalNoise(seed, part, 2 * rows)
      const values = new Float64Array(2 * rows)
      const labels = Int32Array.from({ length: rows }, (_, i) => i % 2)
      const position = along.map((s, i) => (2 * (labels[i] ?? 0) - 1) * s)
      along.forEach((s, i) => {
        const signed = position[i] ?? NaN
        const angle = 2 * Math.PI * turns * s
        values[2 * i] = signed * Math.sin(angle) + noise * (displacement[2 * i] ?? NaN)
        values[2 * i + 1] = signed * Math.cos(angle) + noise * (displacement[2 * i + 1] ?? NaN)
      })
      return { points: { values, rows, columns: 2 }, labels, position }
    }
    const train = arms('train', trainCount)
    const test = arms('test', testCount)
    return {
      trainInputs: train.points,
      trainTargets: signTargets(train.labels),
      testInputs: test.points,
      testTargets: signTargets(test.labels),
      coordinate: {
        label: 'position along the arms',
        unit: '',
        train: train.position,
        test: test.position
      },
      classes: signClasses(train.labels, test.labels)
    }
  }
})
