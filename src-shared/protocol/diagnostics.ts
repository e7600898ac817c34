import { z } from 'zod'

/** What is known of the kernel matrix behind the predictions of one condition of a run. */
export const predictionDiagnosticsSchema = z.object({
  /** Largest step size at which the predicted dynamics do not diverge; null where there is none. */
  maximumStepSize: z.number().nullable(),
  /** Smallest real part among the kernel's eigenvalues; null where not computed. */
  smallestRealPart: z.number().nullable(),
  /** ‖K − Kᵀ‖ / ‖K‖ in Frobenius norms. */
  asymmetry: z.number(),
  /** An estimate of the condition number; null where the kernel is singular. */
  conditionEstimate: z.number().nullable(),
  /** The NNGP kernel has no inverse, so there is no NNGP regression. */
  nngpSingular: z.boolean()
})
export type PredictionDiagnostics = z.infer<typeof predictionDiagnosticsSchema>
