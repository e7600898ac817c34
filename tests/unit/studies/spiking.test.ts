import { describe, expect, test } from 'vitest'
import { matrixFromRows } from '@shared/design/dataset'
import {
  initialNetwork,
  networkSgNtk,
  outputsAt,
  trainSpiking
} from '@shared/studies/spiking/spiking-network'
import { spikingKernels } from '@shared/studies/spiking/spiking-kernel'
import {
  currents,
  emptyResponse,
  respond,
  spikeRule,
  type SpikingLayer,
  type SpikeRule
} from '@shared/studies/spiking/spiking-layer'
import { finish } from '@shared/theory/stepwise'

const layer: SpikingLayer = {
  ...{ steps: 4, leak: 0.7, threshold: 0.4, reset: true, turn: 0.5, sigmaW: 1.3, sigmaB: 0.2 }
}
const points = matrixFromRows(
  [
    [0.5, -1],
    [1.2, 0.3],
    [-0.8, 0.9]
  ],
  'points'
)
/** (erf_m)′/2 is the derivative of (1 + erf_m)/2: with it the surrogate gradient is the true one. */
const m = 2
const graded = spikeRule(m, { name: 'erf_prime', m, amp: 0.5, theta: 0 })
const psi = { name: 'erf_prime', m: 1, amp: 0.5, theta: 0 } as const

function rateOf(parameters: number[], rule: SpikeRule, of: SpikingLayer = layer): number {
  const response = emptyResponse()
  respond(of, rule, Float64Array.from(parameters), 0, currents(points, of), 0, response)
  return response.rate
}

describe('a spiking unit', () => {
  test('spikes, leaks and resets as its equations say', () => {
    // The first point does not turn; weights are such that h = 0.5 at every step.
    const still = { ...layer, turn: 0, threshold: 0.9, leak: 1, sigmaW: Math.SQRT2, sigmaB: 0 }
    const hard = spikeRule(null, psi)
    // v = 0.5, 1 (spike), 1.5 (spike), 2 (spike); with reset 0.5, 1 (spike), 0.6, 1.1 (spike).
    expect(rateOf([1, 0, 0], hard, { ...still, reset: false })).toBe(0.75)
    expect(rateOf([1, 0, 0], hard, still)).toBe(0.5)
    expect(rateOf([1, 0, 0], hard, { ...still, leak: 0, reset: false })).toBe(0)
  })

  test.each([true, false])('has the gradient of its rate, reset %s', (reset) => {
    const of = { ...layer, reset }
    const at = [0.7, -0.4, 1.1]
    const response = emptyResponse()
    respond(of, graded, Float64Array.from(at), 0, currents(points, of), 0, response)
    at.forEach((_, k) => {
      const moved = (by: number) => at.map((value, i) => (i === k ? value + by : value))
      const difference = (rateOf(moved(1e-5), graded, of) - rateOf(moved(-1e-5), graded, of)) / 2e-5
      expect(response.gradient[k]).toBeCloseTo(difference, 8)
      expect(response.surrogateGradient[k]).toBeCloseTo(difference, 8)
    })
  })
})

describe('a spiking network', () => {
  test('has the SG-NTK of its Jacobians, true derivative at the first points', () => {
    const rule = spikeRule(m, psi)
    const network = initialNetwork(layer, 5, 3, 0)
    const kernel = networkSgNtk(network, rule, points, points)
    const jacobian = (of: SpikeRule): number[][] =>
      // With graded spikes whose surrogate is their derivative, differences of outputs are the Jacobian.
      Array.from({ length: points.rows }, (_, i) =>
        [network.units, network.readOut].flatMap((parameters) =>
          Array.from(parameters, (value, k) => {
            const at = (moved: number): number => {
              parameters[k] = moved
              return outputsAt(network, of, points)[i] ?? NaN
            }
            const slope = (at(value + 1e-5) - at(value - 1e-5)) / 2e-5
            parameters[k] = value
            return slope
          })
        )
      )
    const J = jacobian(graded)
    const own = networkSgNtk(network, graded, points, points)
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const product = J[i]!.reduce((sum, value, k) => sum + value * J[j]![k]!, 0)
        expect(own[i * 3 + j]).toBeCloseTo(product, 7)
      }
    }
    // With another surrogate the kernel is not symmetric.
    expect(Math.abs(kernel[1]! - kernel[3]!)).toBeGreaterThan(1e-4)
  })

  test('descends along the gradient where the surrogate is the true derivative', () => {
    const targets = Float64Array.of(1, -1, 0.5)
    const loss = (network: ReturnType<typeof initialNetwork>): number =>
      outputsAt(network, graded, points).reduce((sum, f, i) => sum + (f - targets[i]!) ** 2 / 2, 0)
    const eta = 1e-5
    const network = initialNetwork(layer, 6, 1, 0)
    const before = loss(network)
    const [units, readOut] = [network.units.slice(), network.readOut.slice()]
    finish(trainSpiking(network, graded, points, targets, { eta, steps: 1 }))
    const moved = [
      network.units.map((v, i) => v - units[i]!),
      network.readOut.map((v, i) => v - readOut[i]!)
    ]
    // Δloss = −η‖∇‖² = −‖Δ‖²/η to first order.
    const square = moved.reduce((sum, part) => sum + part.reduce((s, v) => s + v * v, 0), 0)
    expect((loss(network) - before) / (-square / eta)).toBeCloseTo(1, 3)
  })

  test('has the Monte Carlo kernel on average', () => {
    const rule = spikeRule(m, psi)
    const draws = { seed: 9, units: 20_000, batches: 20 }
    const { sgNtk, nngp, batches } = finish(spikingKernels(points, layer, rule, draws))
    const networks = Array.from({ length: 200 }, (_, member) =>
      networkSgNtk(initialNetwork(layer, 20, 4, member), rule, points, points)
    )
    const spread = (values: number[]): [number, number] => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
      return [mean, Math.sqrt(squares / (values.length - 1) / values.length)]
    }
    for (let at = 0; at < 9; at++) {
      const [mean, error] = spread(networks.map((kernel) => kernel[at]!))
      const [estimate, own] = spread(batches.map((batch) => batch[at]!))
      expect(estimate).toBeCloseTo(sgNtk.values[at]!, 12)
      // Nine entries of one seed: 4 standard errors are exceeded once in 2000 times.
      expect(Math.abs(mean - estimate) / Math.hypot(error, own)).toBeLessThan(4)
    }
    expect(nngp.values[1]).toBe(nngp.values[3])
  })
})
