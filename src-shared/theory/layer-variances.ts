import { activationMath } from '../design/activation'
import { networkLayers, type NetworkDesign } from '../design/network'
import { coincidentPair } from './moments/gaussian-pair'

/** What an infinitely wide network has before and after the activation of one layer. */
export interface LayerMoments {
  /** S(x, x): pre-activations are N(0, S). */
  readonly variance: number
  /** E φ² under that distribution. */
  readonly secondMoment: number
}

/**
 * The Gaussian that the pre-activations of every hidden layer follow at one input:
 * S¹ = σ_w² |x|²/n₀ + σ_b², Sˡ⁺¹ = σ_w² E φ(u)² + σ_b², u ~ N(0, Sˡ) (docs/maths.md, the NNGP).
 *
 * @param meanSquare |x|²/n₀ of the input
 */
export function layerMoments(design: NetworkDesign, meanSquare: number): LayerMoments[] {
  const { affine, hidden } = networkLayers(design, null)
  let below = meanSquare
  return hidden.map(({ activation }, l) => {
    const { sigmaW, sigmaB } = affine[l] ?? { sigmaW: NaN, sigmaB: NaN }
    const variance = sigmaW * sigmaW * below + sigmaB * sigmaB
    const secondMoment = activationMath(activation).secondMoment(coincidentPair(variance))
    below = secondMoment
    return { variance, secondMoment }
  })
}
