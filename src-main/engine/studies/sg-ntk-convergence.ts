import { z } from 'zod'
import { networkKernelsPart } from './network-kernels-part'
import { orientationPart } from './orientation-part'
import { defineStudy } from './study-analysis'
import { studyExperimentSchema } from './study-experiment'

const parametersSchema = z.strictObject({
  /** Networks trained with the surrogates erf′ and 1, kernels recorded at both ends. */
  erf: studyExperimentSchema,
  identity: studyExperimentSchema,
  /** Networks on points of unequal norm, kernels recorded at initialisation. */
  unequalNorms: studyExperimentSchema
})

/**
 * The SG-NTK of finite networks converges to the analytic one and stays constant in training as
 * networks widen (Figure 2 of arXiv 2405.15539); its arguments cannot be exchanged.
 */
export const sgNtkConvergence = defineStudy(
  'sg-ntk-convergence',
  parametersSchema,
  ({ erf, identity, unequalNorms }) => [
    networkKernelsPart({
      ...{ id: 'erf', title: 'kernels of networks trained with erf′', experiment: erf },
      ...{ weight: 10, kernelName: 'SG-NTK', expectsConstancy: true }
    }),
    networkKernelsPart({
      ...{ id: 'identity', title: 'kernels of networks trained with 1', experiment: identity },
      ...{ weight: 10, kernelName: 'SG-NTK', expectsConstancy: true }
    }),
    orientationPart('orientation', unequalNorms, 3)
  ]
)
