import { z } from 'zod'

/** Does an ensemble agree with its prediction, given what the ensemble itself can tell? */
export const verdictSchema = z.object({
  /** How many independent points the correlated ones count as. */
  effectivePoints: z.number(),
  /** n ‖ensemble mean − predicted‖² over what sampling alone explains; about 1 for agreement. */
  meanRatio: z.number(),
  /** Probability of a meanRatio this large or larger if the prediction is right. */
  meanPValue: z.number().min(0).max(1),
  /** The ensemble's variance over the predicted one, both summed over points; null where none is predicted. */
  spreadRatio: z.number().nullable(),
  /** Probability of a spreadRatio this far from 1 or farther; null where none is predicted. */
  spreadPValue: z.number().min(0).max(1).nullable(),
  /** The mean agrees at the level of 5 %. */
  agrees: z.boolean()
})
export type Verdict = z.infer<typeof verdictSchema>

/** value ≈ prefactor · width^(−exponent). */
export const powerLawSchema = z.object({
  exponent: z.number(),
  prefactor: z.number(),
  /** 95 % confidence interval of the exponent; null where there is too little to tell. */
  exponentInterval: z.tuple([z.number(), z.number()]).nullable()
})
export type PowerLaw = z.infer<typeof powerLawSchema>

/** How far kernels of finite networks are from the analytic one, in relative Frobenius norms. */
export const kernelErrorSchema = z.object({
  width: z.int(),
  /** ‖K_e − K‖/‖K‖ of every network. */
  perNetwork: z.array(z.number()),
  /** ‖mean over networks − K‖/‖K‖. */
  ofMean: z.number(),
  /** The same for infinitely many networks, estimated without bias; 0 where it is lost in the noise. */
  ofExpectation: z.number().nullable()
})
export type KernelError = z.infer<typeof kernelErrorSchema>

/** Kernel errors of an ensemble at one recorded step, without those of single networks. */
export const kernelErrorAtStepSchema = z.object({
  step: z.int(),
  /** The mean over networks of their ‖K_e − K‖/‖K‖. */
  ofNetworks: z.number(),
  ofMean: z.number(),
  ofExpectation: z.number().nullable()
})
export type KernelErrorAtStep = z.infer<typeof kernelErrorAtStepSchema>

/** Mean squared errors over points: of each network, and of the mean of all. */
export const squaredErrorsSchema = z.object({
  perNetwork: z.array(z.number()),
  ofMean: z.number()
})
export type SquaredErrors = z.infer<typeof squaredErrorsSchema>

/** How far the mean of an ensemble is from its prediction. */
export const predictionErrorSchema = z.object({
  width: z.int(),
  /** √ mean (ensemble mean − predicted)². */
  rmse: z.number(),
  /** The part of it that is due to the number of networks: √ mean s²/n. */
  samplingError: z.number(),
  /** What remains, √ of an unbiased estimate; 0 where it is lost in the noise. */
  bias: z.number()
})
export type PredictionError = z.infer<typeof predictionErrorSchema>
