import type { z } from 'zod'
import type { Bump, LinearPieces } from '../theory/moments/pieces-series'
import type { Elementwise } from './elementwise'

/** What the lab needs to know of one surrogate derivative ψ with its parameters filled in. */
export interface SurrogateMath {
  /** ψ(z). */
  readonly evaluate: <T>(ops: Elementwise<T>, z: T) => T
  /** E ψ(mean + deviation·Z) for Z ~ N(0, 1); ψ(mean) at deviation 0. */
  readonly gaussianMean: (mean: number, deviation: number) => number
  /** ψ(0); the mean of both sides where ψ jumps there. */
  readonly valueAtZero: number
  /** The narrowest scale on which ψ varies; Infinity where it is constant between jumps. */
  readonly scale: number
  /** Where ψ has kinks or jumps, or its peak: quadrature refines there. */
  readonly breaks: readonly number[]
  /** Where ψ varies far from its breaks too: the width up to which 20 points resolve it. */
  readonly period?: number
  /** Analytic, without a pole nearer to the real axis than its scale: its breaks are peaks. */
  readonly isAnalytic?: boolean
  /** ψ itself, where it is piecewise linear. */
  readonly pieces?: LinearPieces
  /** ψ itself, where it is a bump. */
  readonly bump?: Bump
  /** gaussianMean takes no quadrature. */
  readonly hasClosedMean?: boolean
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
  /** M(s) = E ψ(sZ) at θ = 0 in TeX; null where it has no closed form. */
  readonly meanFormula: string | null
  readonly bind: (parameters: z.infer<Schema>) => SurrogateMath
}

/** Keeps an entry's schema and parameters together in its type. */
export function defineSurrogate<Schema extends z.ZodType>(
  definition: SurrogateDefinition<Schema>
): SurrogateDefinition<Schema> {
  return definition
}
