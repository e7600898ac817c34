import { z } from 'zod'
import { columnMatrix, type Matrix } from '../matrix'
import { finiteNumber, positiveNumber } from '../parameters'
import { angleCoordinate } from './coordinates'
import { defineGenerator } from './dataset-definition'
import { drawnPoints, noiseDeviation, noisyTargets, uniformPoints, type Part } from './draw'
import { paperTarget } from './targets/paper-target'

/** Points of unequal norm in the plane, where the SG-NTK is visibly asymmetric. */
export const disc = defineGenerator({
  schema: z
    .strictObject({
      kind: z.literal('disc'),
      /** Norms are between these. */
      innerRadius: finiteNumber.min(0, 'innerRadius must not be negative').default(0),
      outerRadius: positiveNumber.default(1),
      ...drawnPoints,
      /** Standard deviation of what is added to training targets. */
      noise: noiseDeviation
    })
    .refine(({ innerRadius, outerRadius }) => innerRadius < outerRadius, {
      path: ['innerRadius'],
      error: 'innerRadius must be below outerRadius'
    }),
  title: 'Disc',
  description:
    'Points of unequal norm, drawn uniformly from a disc or ring in the plane, with the paper’s ' +
    'polynomial as target: on them the SG-NTK is not symmetric.',
  formula: String.raw`4x_0x_1^2-0.8x_0^3+1.2x_1^2-0.8x_0^2x_1`,
  make: ({ innerRadius, outerRadius, trainCount, testCount, seed, noise }) => {
    const points = (part: Part, rows: number): Matrix => {
      const uniform = uniformPoints(seed, part, 2 * rows)
      const values = new Float64Array(2 * rows)
      for (let i = 0; i < rows; i++) {
        const share = uniform[2 * i] ?? NaN
        // Areas grow with the radius squared.
        const radius = Math.sqrt(innerRadius ** 2 + share * (outerRadius ** 2 - innerRadius ** 2))
        const angle = 2 * Math.PI * (uniform[2 * i + 1] ?? NaN) - Math.PI
        values[2 * i] = radius * Math.sin(angle)
        values[2 * i + 1] = radius * Math.cos(angle)
      }
      return { values, rows, columns: 2 }
    }
    const target = ({ values, rows }: Matrix): Float64Array =>
      Float64Array.from({ length: rows }, (_, i) =>
        paperTarget(values[2 * i] ?? NaN, values[2 * i + 1] ?? NaN)
      )
    const train = points('train', trainCount)
    const test = points('test', testCount)
    return {
      trainInputs: train,
      trainTargets: noisyTargets(target(train), noise, seed),
      testInputs: test,
      testTargets: columnMatrix(target(test)),
      coordinate: angleCoordinate(train, test)
    }
  }
})
