import type { Matrix } from '../../design/matrix'
import { fillStandardNormal, streamPurpose } from '../../random/stream'
import {
  sgNtkOrientation,
  type SgNtkMatrix,
  type SymmetricKernelMatrix
} from '../../theory/kernel-matrix'
import type { Stepwise } from '../../theory/stepwise'
import {
  currents,
  emptyResponse,
  respond,
  UNIT_PARAMETERS,
  type SpikeRule,
  type SpikingLayer
} from './spiking-layer'

/** Kernels of infinitely many spiking units with a linear read-out of their rates, estimated. */
export interface SpikingKernels {
  /** σ_w² E r r′ + σ_b². */
  readonly nngp: SymmetricKernelMatrix
  /** NNGP + σ_w² E ⟨∂r(x), ∂̃r(x′)⟩: rows carry the true derivative, columns the surrogate. */
  readonly sgNtk: SgNtkMatrix
  /** The SG-NTK of every batch of units, P×P each: independent, so their scatter is its error. */
  readonly batches: readonly Float64Array[]
}

/** How much is drawn. */
export interface Draws {
  readonly seed: number
  readonly units: number
  /** So many batches of equal size. */
  readonly batches: number
}

/**
 * The kernels of one layer of spiking units by Monte Carlo over units. There is no closed form here: a
 * unit's potentials at all steps are one Gaussian vector, and spikes that reset it are no function of one
 * of them.
 *
 * @param points P×2
 */
export function* spikingKernels(
  points: Matrix,
  layer: SpikingLayer,
  rule: SpikeRule,
  { seed, units, batches: count }: Draws
): Stepwise<SpikingKernels> {
  const P = points.rows
  const inputs = currents(points, layer)
  const size = Math.ceil(units / count)
  const parameters = new Float64Array(size * UNIT_PARAMETERS)
  const nngp = new Float64Array(P * P)
  const batches: Float64Array[] = []
  for (let member = 0; member < count; member++) {
    fillStandardNormal({ seed, purpose: streamPurpose.weights, member }, parameters)
    const both = new Float64Array(P * P)
    for (let unit = 0; unit < size; unit++) {
      addUnit(layer, rule, parameters, unit, inputs, { nngp, both })
      if (unit % 256 === 255) yield
    }
    // ‹both› holds r r′ + ⟨∂r, ∂̃r⟩ summed over the batch.
    batches.push(both.map((value) => layer.sigmaW ** 2 * (value / size) + layer.sigmaB ** 2))
    yield
  }
  const square = { rows: P, columns: P }
  const scaled = nngp.map((value) => layer.sigmaW ** 2 * (value / size / count) + layer.sigmaB ** 2)
  const mean = scaled.map(
    (_, at) => batches.reduce((total, batch) => total + (batch[at] ?? NaN), 0) / count
  )
  return {
    nngp: { ...square, kind: 'nngp', symmetric: true, values: scaled },
    sgNtk: {
      ...{ ...square, kind: 'sgNtk', symmetric: false, orientation: sgNtkOrientation },
      values: mean
    },
    batches
  }
}

function addUnit(
  layer: SpikingLayer,
  rule: SpikeRule,
  parameters: Float64Array,
  unit: number,
  inputs: Float64Array,
  { nngp, both }: { readonly nngp: Float64Array; readonly both: Float64Array }
): void {
  const stride = layer.steps * UNIT_PARAMETERS
  const P = inputs.length / stride
  const responses = Array.from({ length: P }, (_, i) => {
    const response = emptyResponse()
    respond(layer, rule, parameters, unit * UNIT_PARAMETERS, inputs, i * stride, response)
    return response
  })
  for (const [i, { rate, gradient }] of responses.entries()) {
    for (const [j, other] of responses.entries()) {
      const product = rate * other.rate
      const at = i * P + j
      nngp[at] = (nngp[at] ?? NaN) + product
      both[at] = (both[at] ?? NaN) + product + inner(gradient, other.surrogateGradient)
    }
  }
}

/** ⟨x, y⟩ of two gradients of a unit. */
export function inner(x: Float64Array, y: Float64Array): number {
  let total = 0
  for (let k = 0; k < UNIT_PARAMETERS; k++) total += (x[k] ?? NaN) * (y[k] ?? NaN)
  return total
}
