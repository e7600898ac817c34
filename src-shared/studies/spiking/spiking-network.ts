import type { Matrix } from '../../design/matrix'
import { fillStandardNormal, streamPurpose } from '../../random/stream'
import type { Stepwise } from '../../theory/stepwise'
import { inner } from './spiking-kernel'
import {
  currents,
  emptyResponse,
  respond,
  UNIT_PARAMETERS,
  type SpikeRule,
  type SpikingLayer,
  type UnitResponse
} from './spiking-layer'

/** f(x) = (σ_w/√n) Σ aᵢ rᵢ(x) + σ_b c. */
export interface SpikingNetwork {
  readonly layer: SpikingLayer
  readonly width: number
  /** width × 3. */
  readonly units: Float64Array
  /** a, and c at the end. */
  readonly readOut: Float64Array
}

/** A network with parameters from N(0, 1), the same for the same seed, width and member. */
export function initialNetwork(
  layer: SpikingLayer,
  width: number,
  seed: number,
  member: number
): SpikingNetwork {
  const [units, readOut] = [new Float64Array(width * UNIT_PARAMETERS), new Float64Array(width + 1)]
  const address = { seed, purpose: streamPurpose.weights, member, width }
  fillStandardNormal({ ...address, layer: 0 }, units)
  fillStandardNormal({ ...address, layer: 1 }, readOut)
  return { layer, width, units, readOut }
}

/** What all units answer to all points: width rows of P responses. */
function responsesOf(
  network: SpikingNetwork,
  rule: SpikeRule,
  inputs: Float64Array
): UnitResponse[][] {
  const points = inputs.length / (network.layer.steps * UNIT_PARAMETERS)
  const responses = Array.from({ length: network.width }, () =>
    Array.from({ length: points }, emptyResponse)
  )
  respondAll(network, rule, inputs, responses)
  return responses
}

/** As responsesOf, into responses that are there already. */
function respondAll(
  { layer, units }: SpikingNetwork,
  rule: SpikeRule,
  inputs: Float64Array,
  responses: readonly (readonly UnitResponse[])[]
): void {
  const stride = layer.steps * UNIT_PARAMETERS
  responses.forEach((ofUnit, unit) => {
    ofUnit.forEach((response, i) => {
      respond(layer, rule, units, unit * UNIT_PARAMETERS, inputs, i * stride, response)
    })
  })
}

/** The outputs of a network at points, P long. */
export function outputsAt(network: SpikingNetwork, rule: SpikeRule, points: Matrix): Float64Array {
  return outputsOf(network, responsesOf(network, rule, currents(points, network.layer)))
}

function outputsOf(
  { layer: { sigmaW, sigmaB }, width, readOut }: SpikingNetwork,
  responses: readonly (readonly UnitResponse[])[]
): Float64Array {
  const factor = sigmaW / Math.sqrt(width)
  return Float64Array.from({ length: responses[0]?.length ?? 0 }, (_, i) => {
    const sum = responses.reduce(
      (total, ofUnit, unit) => total + (readOut[unit] ?? NaN) * (ofUnit[i]?.rate ?? NaN),
      0
    )
    return factor * sum + sigmaB * (readOut[width] ?? NaN)
  })
}

/** The SG-NTK of one network, P×Q: true derivative at the first points, surrogate at the second. */
export function networkSgNtk(
  network: SpikingNetwork,
  rule: SpikeRule,
  first: Matrix,
  second: Matrix
): Float64Array {
  const { layer, width, readOut } = network
  const rows = responsesOf(network, rule, currents(first, layer))
  const columns = responsesOf(network, rule, currents(second, layer))
  const kernel = new Float64Array(first.rows * second.rows)
  rows.forEach((ofUnit, unit) => {
    const a = readOut[unit] ?? NaN
    ofUnit.forEach(({ rate, gradient }, i) => {
      columns[unit]?.forEach((other, j) => {
        const at = i * second.rows + j
        const hidden = a * a * inner(gradient, other.surrogateGradient)
        kernel[at] = (kernel[at] ?? NaN) + rate * other.rate + hidden
      })
    })
  })
  return kernel.map((value) => (layer.sigmaW ** 2 / width) * value + layer.sigmaB ** 2)
}

/**
 * Trains a network by surrogate gradient descent on ½ Σ (f − y)², in place; a turn after every step.
 *
 * @param eta step size
 */
export function* trainSpiking(
  network: SpikingNetwork,
  rule: SpikeRule,
  points: Matrix,
  targets: Float64Array,
  { eta, steps }: { readonly eta: number; readonly steps: number }
): Stepwise<void> {
  const { layer, width, units, readOut } = network
  const inputs = currents(points, layer)
  const factor = layer.sigmaW / Math.sqrt(width)
  const responses = responsesOf(network, rule, inputs)
  for (let step = 0; step < steps; step++) {
    respondAll(network, rule, inputs, responses)
    const errors = outputsOf(network, responses).map((value, i) => value - (targets[i] ?? NaN))
    responses.forEach((ofUnit, unit) => {
      const a = readOut[unit] ?? NaN
      let readOutGradient = 0
      ofUnit.forEach(({ rate, surrogateGradient }, i) => {
        const error = errors[i] ?? NaN
        readOutGradient += error * rate
        for (let k = 0; k < UNIT_PARAMETERS; k++) {
          const at = unit * UNIT_PARAMETERS + k
          units[at] = (units[at] ?? NaN) - eta * factor * error * a * (surrogateGradient[k] ?? NaN)
        }
      })
      readOut[unit] = a - eta * factor * readOutGradient
    })
    const total = errors.reduce((sum, error) => sum + error, 0)
    readOut[width] = (readOut[width] ?? NaN) - eta * layer.sigmaB * total
    yield
  }
}
