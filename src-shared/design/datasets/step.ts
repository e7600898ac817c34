import { z } from 'zod'
import { columnMatrix } from '../matrix'
import { finiteNumber } from '../parameters'
import { plainCoordinate } from './coordinates'
import { defineGenerator } from './dataset-definition'
import { drawnPoints, noiseDeviation, noisyTargets, uniformPoints } from './draw'

/** A step of one input, which no smooth network learns quickly. */
export const step = defineGenerator({
  schema: z.strictObject({
    kind: z.literal('step'),
    /** Training inputs: evenly spaced, or drawn uniformly. Test inputs are evenly spaced. */
    trainFrom: z.enum(['grid', 'uniform']).default('grid'),
    /** Where the step is. */
    threshold: finiteNumber.min(-1).max(1).default(0),
    ...drawnPoints,
    /** Standard deviation of what is added to training targets. */
    noise: noiseDeviation
  }),
  title: 'Step',
  description: 'One input in [−1, 1]; the target is −1 below a threshold and +1 from it on.',
  formula: String.raw`\operatorname{sign}(x-\theta)`,
  make: ({ trainFrom, threshold, trainCount, testCount, seed, noise }) => {
    const target = (x: number): number => (x < threshold ? -1 : 1)
    const trainInputs = columnMatrix(
      trainFrom === 'grid'
        ? cellMidpoints(trainCount)
        : uniformPoints(seed, 'train', trainCount).map((u) => 2 * u - 1)
    )
    const testInputs = columnMatrix(cellMidpoints(testCount))
    return {
      trainInputs,
      trainTargets: noisyTargets(trainInputs.values.map(target), noise, seed),
      testInputs,
      testTargets: columnMatrix(testInputs.values.map(target)),
      coordinate: plainCoordinate(trainInputs, testInputs)
    }
  }
})

/** The midpoints of equal cells of [−1, 1]. */
function cellMidpoints(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => (2 * i + 1) / count - 1)
}
