import { z } from 'zod'
import { LabError } from '../../protocol/errors'
import { sampleWithoutReplacement } from '../../random/sampling'
import { columnMatrix, type Matrix } from '../matrix'
import { defineGenerator } from './dataset-definition'
import { drawnPoints } from './draw'
import { paperTarget } from './targets/paper-target'

/** The data of the paper's figures: points on the unit circle at angles from a grid. */
export const circle = defineGenerator({
  schema: z.strictObject({
    kind: z.literal('circle'),
    /** Training angles: evenly spaced, or drawn without replacement from the test angles. */
    trainFrom: z.enum(['grid', 'test']),
    /** The seed draws the training angles where trainFrom is 'test'. */
    ...drawnPoints
  }),
  title: 'Circle',
  description: 'The paper’s target on the unit circle, at evenly spaced angles θ.',
  formula: String.raw`4x_0x_1^2-0.8x_0^3+1.2x_1^2-0.8x_0^2x_1,\quad x=(\sin\theta,\cos\theta)`,
  make: (spec) => {
    const test = angleGrid(spec.testCount)
    const train = spec.trainFrom === 'grid' ? angleGrid(spec.trainCount) : drawnFrom(test, spec)
    return {
      trainInputs: onCircle(train),
      trainTargets: columnMatrix(train.map(circleTarget)),
      testInputs: onCircle(test),
      testTargets: columnMatrix(test.map(circleTarget)),
      coordinate: { label: 'angle θ', unit: 'rad', train, test }
    }
  }
})

/** The paper's target at the point (sin θ, cos θ). */
export function circleTarget(angle: number): number {
  return paperTarget(Math.sin(angle), Math.cos(angle))
}

/** Angles 2πi/count − π, i = 0 … count − 1. */
function angleGrid(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => (2 * Math.PI * i) / count - Math.PI)
}

function drawnFrom(
  angles: Float64Array,
  { trainCount, seed }: { trainCount: number; seed: number }
): Float64Array {
  if (trainCount > angles.length) {
    throw new LabError(
      'invalid-request',
      `trainCount is ${trainCount}, but training angles are drawn from ${angles.length} test angles: ` +
        'lower trainCount or raise testCount'
    )
  }
  const chosen = sampleWithoutReplacement(angles.length, trainCount, seed)
  return Float64Array.from(
    chosen.sort((i, j) => i - j),
    (i) => angles[i] ?? NaN
  )
}

function onCircle(angles: Float64Array): Matrix {
  const values = new Float64Array(2 * angles.length)
  angles.forEach((angle, i) => {
    values[2 * i] = Math.sin(angle)
    values[2 * i + 1] = Math.cos(angle)
  })
  return { values, rows: angles.length, columns: 2 }
}
