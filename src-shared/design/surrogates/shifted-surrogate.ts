import { expectationOver } from '../../theory/moments/graded-expectation'
import type { Bump, LinearPieces } from '../../theory/moments/pieces-series'
import { numberElementwise } from '../number-elementwise'
import type { SurrogateMath } from '../surrogate-math'

/** A surrogate derivative at θ = 0 and amplitude 1. */
export interface CentredSurrogate {
  readonly evaluate: SurrogateMath['evaluate']
  /** E ψ(mean + deviation·Z) for deviation > 0; by quadrature where left out or null. */
  readonly gaussianMean?: (mean: number, deviation: number) => number | null
  readonly scale: number
  /** Where it is not smooth, or peaks; 0 alone where left out. */
  readonly breaks?: readonly number[]
  readonly period?: number
  readonly isAnalytic?: boolean
  readonly pieces?: LinearPieces
  /** ψ as a bump. */
  readonly bump?: Bump
  /** gaussianMean takes no quadrature. */
  readonly hasClosedMean?: boolean
  readonly area: number
  /** True where left out. */
  readonly isEven?: boolean
}

/** amp · ψ(z − θ). */
export function shiftedSurrogate(
  centred: CentredSurrogate,
  { amp = 1, theta }: { amp?: number; theta: number }
): SurrogateMath {
  const { gaussianMean, scale, breaks = [0], area, isEven = true } = centred
  const evaluate: SurrogateMath['evaluate'] = (ops, z) =>
    ops.scale(centred.evaluate(ops, ops.shift(z, -theta)), amp)
  const value = (z: number): number => centred.evaluate(numberElementwise, z)
  return {
    evaluate,
    gaussianMean: (mean, deviation) => {
      const offset = mean - theta
      if (deviation === 0) return amp * value(offset)
      const closed = gaussianMean?.(offset, deviation)
      return amp * (closed ?? expectationOver(value, offset, deviation, breaks, scale))
    },
    valueAtZero: evaluate(numberElementwise, 0),
    scale,
    ...(centred.period === undefined ? {} : { period: centred.period }),
    ...(centred.isAnalytic === undefined ? {} : { isAnalytic: centred.isAnalytic }),
    ...(centred.hasClosedMean === undefined ? {} : { hasClosedMean: centred.hasClosedMean }),
    ...(centred.bump && { bump: shiftedBump(centred.bump, amp, theta) }),
    ...(centred.pieces && { pieces: shiftedPieces(centred.pieces, amp, theta) }),
    breaks: breaks.map((at) => at + theta),
    area: amp * area,
    isEven: isEven && theta === 0
  }
}

function shiftedBump({ area, at, smoothing }: Bump, amp: number, theta: number): Bump {
  return { area: amp * area, at: at + theta, smoothing }
}

function shiftedPieces(
  { value, slope, breaks }: LinearPieces,
  amp: number,
  theta: number
): LinearPieces {
  return {
    value: amp * (value - slope * theta),
    slope: amp * slope,
    breaks: breaks.map(({ at, jump, kink }) => ({
      at: at + theta,
      jump: amp * jump,
      kink: amp * kink
    }))
  }
}
