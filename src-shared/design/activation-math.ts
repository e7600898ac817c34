import type { z } from 'zod'
import type { BatchMoments } from '../theory/kernels/batch-moments'
import type { Shape } from '../theory/moments/conditional-expectation'
import type { GaussianPair } from '../theory/moments/gaussian-pair'
import type { Bump, LinearPieces } from '../theory/moments/pieces-series'
import type { Elementwise } from './elementwise'
import type { FirstMoments } from '../theory/moments/sampled-series'
import type { SurrogateMath } from './surrogate-math'

/** What the Hermite series of an activation are formed from. */
export interface ActivationShape extends Shape {
  /** φ itself, where it is piecewise linear. */
  readonly pieces?: LinearPieces
  /** E φφ and E φ′φ′ have closed forms: only E φ′ψ costs more. */
  readonly hasClosedProducts?: boolean
  /** φ′, where it is a bump: E φ′ψ is then a Gaussian mean of ψ. */
  readonly slope?: Bump
  /** Of φ(√variance·Z), where they have closed forms. */
  readonly momentsAt?: (variance: number) => FirstMoments
}

/**
 * What the lab needs to know of one activation function φ with its parameters filled in.
 *
 * All moments are over a centred Gaussian pair (u, v) of pre-activations; docs/maths.md has the
 * formulas and their sources.
 */
export interface ActivationMath {
  /** φ(z). */
  readonly evaluate: <T>(ops: Elementwise<T>, z: T) => T
  /** φ′(z), or null where it is zero almost everywhere (step functions). */
  readonly derivative: (<T>(ops: Elementwise<T>, z: T) => T) | null
  /** E φ(u)φ(v); not centred. */
  readonly secondMoment: (pair: GaussianPair) => number
  /** E (φ(u) − φ(v))², where a form without cancellation exists. */
  readonly differenceMoment?: (pair: GaussianPair) => number
  /** E (φ(u) + φ(v))², where a form without cancellation exists. */
  readonly sumMoment?: (pair: GaussianPair) => number
  /** E φ′(u)φ′(v), φ′ in the sense of distributions; may be +∞. */
  readonly derivativeMoment: (pair: GaussianPair) => number
  /** E φ′(u)ψ(v): the true derivative on the first argument, the surrogate on the second. */
  readonly surrogateMoment: (pair: GaussianPair, surrogate: SurrogateMath) => number
  /** How φ varies, where it has moments that cost more than Hermite series do (series-moments.ts). */
  readonly shape?: ActivationShape
  /** The same moments for many pairs at once, where a faster way than one after the other is known. */
  readonly batch?: BatchMoments
}

/** One entry of the registry: an activation's parameters, how it is shown, and its mathematics. */
export interface ActivationDefinition<Schema extends z.ZodType> {
  readonly schema: Schema
  readonly title: string
  /** φ(z) in TeX. */
  readonly formula: string
  /** φ is a step function: it needs a surrogate to be trained below the last layer. */
  readonly isStep: boolean
  readonly bind: (parameters: z.infer<Schema>) => ActivationMath
}

/** Keeps an entry's schema and parameters together in its type. */
export function defineActivation<Schema extends z.ZodType>(
  definition: ActivationDefinition<Schema>
): ActivationDefinition<Schema> {
  return definition
}
