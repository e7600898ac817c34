import { z } from 'zod'
import { earlyStoppingPart } from './early-stopping-part'
import { defineStudy } from './study-analysis'
import { studyExperimentSchema } from './study-experiment'
import { testErrorPart } from './test-error-part'

const parametersSchema = z.strictObject({
  tasks: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]+$/),
        title: z.string(),
        /** Networks of several widths on data with test targets, without a sweep. */
        networks: studyExperimentSchema
      })
    )
    .min(1),
  /** Training times τ = 10^from … 10^to over the mean of K(x, x), two a decade. */
  decades: z.strictObject({ from: z.int(), to: z.int() })
})

/**
 * The SG-NTK on real data: its predictions against trained sign networks, in test error and decisions, and
 * early stopping against ridge regression.
 */
export const realData = defineStudy('real-data', parametersSchema, ({ tasks, decades }) =>
  tasks.flatMap((task) => [testErrorPart(task), earlyStoppingPart(task, decades)])
)
