import type { Activation } from '../design/activation'
import type { Matrix } from '../design/dataset'
import { networkLayers, type HiddenLayer, type NetworkDesign } from '../design/network'
import type { Surrogate } from '../design/surrogate'
import { LabError } from '../protocol/errors'
import { firstLayerVariances, squaredNorms } from './first-layer'

/**
 * A design of step activations, and how fast its kernel's diagonal grows where the steps, or the
 * surrogates, are smoothed by erf_m and m → ∞.
 */
export interface SingularLimit {
  /** The design with sign at every layer: its NTK is the limit Θ_∞ off the diagonal. */
  readonly signDesign: NetworkDesign
  /** The design and surrogate whose kernel tends there as m grows. */
  smoothed(m: number): { design: NetworkDesign; surrogate: Surrogate | null }
  /**
   * c_i = lim Θ_m(x_i, x_i)/m^L = S₁ Π_l (2σ_w²/π) e^(−θ²/(2S_l))/√S_l, S_l = S_l(x_i, x_i), with a
   * factor √2 for every layer that is sign forward and erf_m′ backward: there only one of the two
   * factors of the kernel is smoothed. arXiv 2405.15539; docs/maths.md.
   */
  diagonalGrowth(points: Matrix): Float64Array
}

/**
 * The singular limit of a design: sign or erf at every hidden layer, trained with the true derivative
 * of erf_m or with the surrogate erf_m′ of the same threshold.
 *
 * @throws {LabError} 'invalid-request' for layers that have no such limit
 */
export function singularLimit(design: NetworkDesign, surrogate: Surrogate | null): SingularLimit {
  const { affine, hidden } = networkLayers(design, surrogate)
  hidden.forEach(requireLimit)
  const everyLayer = (
    activationOf: (layer: HiddenLayer) => Activation,
    surrogateOf: (layer: HiddenLayer) => Surrogate | null
  ): NetworkDesign => ({
    ...design,
    layers: affine.map((_, l) => {
      const { sigmaW, sigmaB } = design.layers?.[l] ?? {}
      const layer = hidden[l]
      const psi = layer && surrogateOf(layer)
      return {
        ...(sigmaW === undefined ? {} : { sigmaW }),
        ...(sigmaB === undefined ? {} : { sigmaB }),
        ...(layer ? { activation: activationOf(layer) } : {}),
        ...(psi ? { surrogate: psi } : {})
      }
    })
  })
  return {
    signDesign: everyLayer(
      ({ activation }) => ({ name: 'sign', theta: thresholdOf(activation) }),
      () => null
    ),
    smoothed: (m) => ({
      design: everyLayer(
        (layer) =>
          layer.surrogate && layer.activation.name === 'sign'
            ? layer.activation
            : { name: 'erf', m, theta: thresholdOf(layer.activation) },
        (layer) =>
          layer.surrogate && {
            name: 'erf_prime',
            m,
            amp: 1,
            theta: thresholdOf(layer.activation)
          }
      ),
      surrogate: null
    }),
    diagonalGrowth: (points) => {
      const first = affine[0] ?? { sigmaW: 0, sigmaB: 0 }
      return firstLayerVariances(squaredNorms(points), points.columns, first).map((variance, i) => {
        if (variance === 0) {
          throw new LabError(
            'invalid-request',
            `Xtrain[${i}] is zero and the first layer has no bias: the kernel does not grow there`
          )
        }
        let growth = variance
        let S = variance
        hidden.forEach((layer, l) => {
          const { sigmaW, sigmaB } = affine[l + 1] ?? first
          const theta = thresholdOf(layer.activation)
          const halfSmoothed = layer.surrogate && layer.activation.name === 'sign'
          growth *=
            ((2 * sigmaW * sigmaW) / Math.PI / Math.sqrt(S)) *
            Math.exp((-theta * theta) / (2 * S)) *
            (halfSmoothed ? Math.SQRT2 : 1)
          // The second moment of sign is 1 whatever its threshold.
          S = sigmaW * sigmaW + sigmaB * sigmaB
        })
        return growth
      })
    }
  }
}

function thresholdOf(activation: Activation): number {
  return 'theta' in activation ? activation.theta : 0
}

function requireLimit({ activation, surrogate }: HiddenLayer): void {
  if (activation.name !== 'sign' && activation.name !== 'erf') {
    throw new LabError(
      'invalid-request',
      `activation ${activation.name} has no classification limit: use sign (or erf, whose m then grows)`
    )
  }
  if (!surrogate) return
  if (
    surrogate.name !== 'erf_prime' ||
    surrogate.amp !== 1 ||
    surrogate.theta !== activation.theta
  ) {
    throw new LabError(
      'invalid-request',
      'surrogate: the classification limit is that of erf_prime with amp 1 and the threshold theta of the ' +
        `activation, ${activation.theta}; leave surrogate out for the true derivative`
    )
  }
}
