import erf from '@stdlib/math-base-special-erf'
import { z } from 'zod'
import type { Matrix } from '../../design/matrix'
import { numberElementwise } from '../../design/number-elementwise'
import { finiteNumber, positiveNumber } from '../../design/parameters'
import { surrogateMath, type Surrogate } from '../../design/surrogate'

/** A layer of leaky integrate-and-fire units, unrolled over a few steps, in NTK parametrisation. */
export const spikingLayerSchema = z.strictObject({
  /** Steps of the unrolled layer. */
  steps: z.int().min(1).max(100),
  /** α: the share of the membrane potential that is left after a step. */
  leak: z.number().min(0).max(1),
  /** θ: where a unit spikes. */
  threshold: finiteNumber,
  /** A spike takes θ from the membrane potential at the next step. */
  reset: z.boolean(),
  /** How far the input, a point in the plane, turns from step to step, in radians. */
  turn: finiteNumber,
  sigmaW: positiveNumber,
  sigmaB: finiteNumber.min(0)
})
export type SpikingLayer = z.infer<typeof spikingLayerSchema>

/** Numbers that a unit learns: two input weights and a bias. */
export const UNIT_PARAMETERS = 3

/** How spikes are counted and differentiated, as functions of v − θ. */
export interface SpikeRule {
  readonly spike: (z: number) => number
  /** Of `spike`; 0 for hard spikes. */
  readonly derivative: (z: number) => number
  /** ψ. */
  readonly surrogate: (z: number) => number
}

/**
 * Hard spikes, or spikes graded by (1 + erf(mz))/2, which have a derivative.
 *
 * @param m null for hard ones
 */
export function spikeRule(m: number | null, surrogate: Surrogate): SpikeRule {
  const { evaluate } = surrogateMath(surrogate)
  const psi = (z: number): number => evaluate(numberElementwise, z)
  if (m === null) {
    return { spike: (z) => (z > 0 ? 1 : 0), derivative: () => 0, surrogate: psi }
  }
  return {
    spike: (z) => (1 + erf(m * z)) / 2,
    derivative: (z) => (m / Math.sqrt(Math.PI)) * Math.exp(-((m * z) ** 2)),
    surrogate: psi
  }
}

/** What a unit answers to a point. */
export interface UnitResponse {
  /** r = (1/T) Σ s_t. */
  rate: number
  /** ∂r in the unit's parameters by the true derivative of the spikes, and by the surrogate. */
  readonly gradient: Float64Array
  readonly surrogateGradient: Float64Array
}

export function emptyResponse(): UnitResponse {
  return {
    rate: 0,
    gradient: new Float64Array(UNIT_PARAMETERS),
    surrogateGradient: new Float64Array(UNIT_PARAMETERS)
  }
}

/**
 * The inputs of every point at every step, P × T × 3: (σ_w/√2) x_t and σ_b, with which a unit's
 * parameters are multiplied; x_t is the point turned by t times `turn`.
 *
 * @param points P×2
 */
export function currents({ values, rows }: Matrix, layer: SpikingLayer): Float64Array {
  const { steps, turn, sigmaW, sigmaB } = layer
  const out = new Float64Array(rows * steps * UNIT_PARAMETERS)
  const factor = sigmaW / Math.SQRT2
  for (let i = 0; i < rows; i++) {
    const [x, y] = [values[2 * i] ?? NaN, values[2 * i + 1] ?? NaN]
    for (let t = 0; t < steps; t++) {
      const [cos, sin] = [Math.cos(t * turn), Math.sin(t * turn)]
      out.set(
        [factor * (cos * x - sin * y), factor * (sin * x + cos * y), sigmaB],
        (i * steps + t) * UNIT_PARAMETERS
      )
    }
  }
  return out
}

/**
 * Runs one unit on one point, v_t = α v_{t−1} + h_t − θ s_{t−1} (the last with reset), s_t = S(v_t − θ),
 * and differentiates its rate through time, through the reset too.
 *
 * @param parameters of the unit, from `at` on
 * @param inputs as `currents` states them; those of this point start at `from`
 * @param response is overwritten
 */
export function respond(
  { steps, leak, threshold, reset }: SpikingLayer,
  rule: SpikeRule,
  parameters: Float64Array,
  at: number,
  inputs: Float64Array,
  from: number,
  response: UnitResponse
): void {
  const { gradient, surrogateGradient } = response
  gradient.fill(0)
  surrogateGradient.fill(0)
  const [w0, w1, w2] = [parameters[at] ?? NaN, parameters[at + 1] ?? NaN, parameters[at + 2] ?? NaN]
  // Derivatives of v in the three parameters, true and surrogate.
  let [t0, t1, t2, p0, p1, p2] = [0, 0, 0, 0, 0, 0]
  let [v, s, slope, psi, rate] = [0, 0, 0, 0, 0]
  const back = reset ? threshold : 0
  for (let t = 0; t < steps; t++) {
    const place = from + t * UNIT_PARAMETERS
    const [x0, x1, x2] = [inputs[place] ?? NaN, inputs[place + 1] ?? NaN, inputs[place + 2] ?? NaN]
    const kept = leak - back * slope
    const keptPsi = leak - back * psi
    v = leak * v + w0 * x0 + w1 * x1 + w2 * x2 - back * s
    t0 = kept * t0 + x0
    t1 = kept * t1 + x1
    t2 = kept * t2 + x2
    p0 = keptPsi * p0 + x0
    p1 = keptPsi * p1 + x1
    p2 = keptPsi * p2 + x2
    const z = v - threshold
    s = rule.spike(z)
    slope = rule.derivative(z)
    psi = rule.surrogate(z)
    rate += s
    gradient[0] = (gradient[0] ?? NaN) + slope * t0
    gradient[1] = (gradient[1] ?? NaN) + slope * t1
    gradient[2] = (gradient[2] ?? NaN) + slope * t2
    surrogateGradient[0] = (surrogateGradient[0] ?? NaN) + psi * p0
    surrogateGradient[1] = (surrogateGradient[1] ?? NaN) + psi * p1
    surrogateGradient[2] = (surrogateGradient[2] ?? NaN) + psi * p2
  }
  response.rate = rate / steps
  for (let k = 0; k < UNIT_PARAMETERS; k++) {
    gradient[k] = (gradient[k] ?? NaN) / steps
    surrogateGradient[k] = (surrogateGradient[k] ?? NaN) / steps
  }
}
