import { z } from 'zod'
import { positiveNumber } from './parameters'

/** A smooth network in place of a step network: erf_m for sign, (1 + erf_m)/2 for Heaviside. */
export const standInSchema = z.strictObject({ name: z.literal('erf'), m: positiveNumber })
export type StandIn = z.infer<typeof standInSchema>

/**
 * Which kernels of the trained networks themselves a run records: between test points (first argument)
 * and training points, the SG-NTK where a surrogate trains, else the NTK.
 */
export const empiricalKernelsSchema = z.strictObject({
  /** At no step, before and after training, or at every recorded step. */
  at: z.enum(['none', 'ends', 'recorded']).default('none'),
  /** So many networks of every ensemble, or all where there are fewer. */
  members: z.int().min(1).max(100).default(10),
  /** Takes the place of step activations, whose own kernels are degenerate. */
  standIn: standInSchema.nullable().default(null)
})
export type EmpiricalKernels = z.infer<typeof empiricalKernelsSchema>

/** The recorded steps at which kernels are wanted. */
export function kernelSteps({ at }: EmpiricalKernels, recordedSteps: readonly number[]): number[] {
  switch (at) {
    case 'none':
      return []
    case 'recorded':
      return [...recordedSteps]
    case 'ends':
      return [...new Set([recordedSteps.at(0) ?? 0, recordedSteps.at(-1) ?? 0])]
  }
}
