import type { z } from 'zod'
import type { Elementwise } from './elementwise'

/** What the lab needs to know of one surrogate derivative ψ with its parameters filled in. */
export interface SurrogateMath {
  /** ψ(z). */
  readonly evaluate: <T>(ops: Elementwise<T>, z: T) => T
  /** E ψ(mean + deviation·Z) for Z ~ N(0, 1); ψ(mean) at deviation 0. */
  readonly gaussianMean: (mean: number, deviation: number) => number
  /** The narrowest scale on which ψ varies; Infinity where it is constant. */
  readonly scale: number
  /** ∫ψ; a step of height J is matched by area J. Infinity where the integral diverges. */
  readonly area: number
  /** ψ(−z) = ψ(z). */
  readonly isEven: boolean
}

/** One entry of the registry: a surrogate's parameters, how it is shown, and its mathematics. */
export interface SurrogateDefinition<Schema extends z.ZodType> {
  readonly schema: Schema
  readonly title: string
  /** ψ(z) in TeX. */
  readonly formula: string
  /** Where it was introduced. */
  readonly reference: string
  readonly bind: (parameters: z.infer<Schema>) => SurrogateMath
}

/** Keeps an entry's schema and parameters together in its type. */
export function defineSurrogate<Schema extends z.ZodType>(
  definition: SurrogateDefinition<Schema>
): SurrogateDefinition<Schema> {
  return definition
}
