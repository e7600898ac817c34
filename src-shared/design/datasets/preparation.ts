import { z } from 'zod'
import { positiveNumber } from '../parameters'
import { dataSeed, pointCount } from './draw'

/** How a table becomes training and test data: which classes, on which scale, split how. */
const preparationShape = {
  /** Classes to keep, in this order; all of them where it is left out. */
  classes: z.array(z.string()).min(2, 'classes needs at least 2 names').max(1000).optional(),
  /**
   * Targets of classes: 'sign' is −1 for the first and +1 for the second of two; 'one-hot' has a
   * column for every class. Left out: 'sign' for two classes, 'one-hot' for more.
   */
  encoding: z.enum(['sign', 'one-hot']).optional(),
  /**
   * 'standard': every input has mean 0 and standard deviation 1 over the training rows; one that is
   * constant there becomes 0. 'sphere': every row is scaled to the norm `radius`.
   */
  inputScaling: z.enum(['none', 'standard', 'sphere']).default('none'),
  radius: positiveNumber.default(1),
  /** 'standard': numeric targets have mean 0 and standard deviation 1 over the training rows. */
  targetScaling: z.enum(['none', 'standard']).default('none'),
  /** The share of rows that are test points, drawn by the seed. */
  testShare: z
    .number({ error: 'testShare must be a number' })
    .gt(0, 'testShare must be above 0')
    .lt(1, 'testShare must be below 1')
    .default(0.2),
  /** At most so many training and test rows; raising them keeps those that are there. */
  trainCount: pointCount.optional(),
  testCount: pointCount.optional(),
  seed: dataSeed
}
export const preparationSchema = z.strictObject(preparationShape)
export type Preparation = z.infer<typeof preparationSchema>
