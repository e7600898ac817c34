import type { ActivationMath, ActivationShape } from '../../design/activation-math'
import { numberElementwise } from '../../design/number-elementwise'
import type { SurrogateMath } from '../../design/surrogate-math'
import type { GaussianPair } from './gaussian-pair'
import { seriesExpectation } from './hermite-series'
import { KeptSeries } from './kept-series'
import { bumpSeries, piecesMean, piecesSeries, slopeOf } from './pieces-series'
import { integralSeries, sampledMoments, sampledSeries } from './sampled-series'

/**
 * Below this variance derivatives, whose scale is φ's over √variance, are left to the moments
 * themselves, which know zeros.
 */
const LEAST_VARIANCE = 1e-12
/** Up to this correlation E (φ(u) ∓ φ(v))² loses no more than a digit as a difference. */
const FARTHEST = 0.9

/**
 * The same activation with moments by Hermite series, which cost one integral a point in place of one
 * or two a pair, wherever what the series leave out is known to be below 1e-13; elsewhere, as near
 * coinciding points where φ and ψ have kinks, its own moments.
 */
export function withSeries(math: ActivationMath): ActivationMath {
  const { shape } = math
  if (!shape) return math
  const slope = seriesOfSlope(math, shape)
  const phi = seriesOfActivation(math, shape, slope)
  const surrogates = new WeakMap<SurrogateMath, KeptSeries>()
  const seriesOf = (psi: SurrogateMath): KeptSeries => {
    const known = surrogates.get(psi)
    if (known) return known
    const series = seriesOfSurrogate(psi)
    surrogates.set(psi, series)
    return series
  }
  const { differenceMoment, sumMoment } = math
  const product = keepingLast((pair) => expectation(phi, phi, pair))
  // E (φ(u) − side·φ(v))² of pairs that are far from u = side·v.
  const squaredGap = (pair: GaussianPair, side: 1 | -1): number | null => {
    if (side * pair.c > FARTHEST * Math.sqrt(pair.a * pair.b)) return null
    const second = product(pair)
    if (second === null) return null
    const [first, other] = [phi.at(pair.a), phi.at(pair.b)]
    return first && other && first.f.square + other.f.square - 2 * side * second
  }
  const products: Partial<ActivationMath> = {
    secondMoment: (pair) => product(pair) ?? math.secondMoment(pair),
    // The derivative of a step has a closed form.
    ...(math.derivative && {
      derivativeMoment: (pair) => expectation(slope, slope, pair) ?? math.derivativeMoment(pair)
    }),
    ...(differenceMoment && {
      differenceMoment: (pair) => squaredGap(pair, 1) ?? differenceMoment(pair)
    }),
    ...(sumMoment && {
      sumMoment: (pair) => squaredGap(pair, -1) ?? sumMoment(pair)
    })
  }
  return {
    ...math,
    ...(shape.hasClosedProducts ? {} : products),
    surrogateMoment: (pair, psi) => {
      if (shape.slope && psi.hasClosedMean) return math.surrogateMoment(pair, psi)
      return expectation(slope, seriesOf(psi), pair) ?? math.surrogateMoment(pair, psi)
    }
  }
}

function expectation(f: KeptSeries, g: KeptSeries, { a, b, c }: GaussianPair): number | null {
  if (!(a > LEAST_VARIANCE && b > LEAST_VARIANCE)) return null
  const [first, second] = [f.at(a), g.at(b)]
  if (first && first === second && a === c && first.f.isSquareExact) return first.f.square
  return first && second && seriesExpectation(first, second, c / Math.sqrt(a * b))
}

/** The same function, which several moments of one pair ask for in turn. */
function keepingLast(
  moment: (pair: GaussianPair) => number | null
): (pair: GaussianPair) => number | null {
  let [a, b, c] = [NaN, NaN, NaN]
  let value: number | null = null
  return (pair) => {
    if (pair.a !== a || pair.b !== b || pair.c !== c) {
      value = moment(pair)
      ;({ a, b, c } = pair)
    }
    return value
  }
}

function seriesOfActivation(
  math: ActivationMath,
  shape: ActivationShape,
  slope: KeptSeries
): KeptSeries {
  const { pieces } = shape
  if (pieces) return new KeptSeries((a) => piecesSeries(pieces, a, piecesMean(pieces, a)))
  const evaluate = (z: number): number => math.evaluate(numberElementwise, z)
  return new KeptSeries((variance) => {
    const derivative = slope.at(variance)
    if (!derivative) return null
    const closed = shape.momentsAt?.(variance)
    const moments = closed ?? sampledMoments({ ...shape, evaluate }, variance)
    return moments && integralSeries(derivative, variance, moments)
  })
}

function seriesOfSlope({ derivative }: ActivationMath, shape: ActivationShape): KeptSeries {
  const { pieces, slope: bump } = shape
  if (bump) return new KeptSeries((a) => bumpSeries(bump, a))
  if (!derivative) return new KeptSeries(() => null)
  if (pieces) {
    const slope = slopeOf(pieces)
    return new KeptSeries((a) => piecesSeries(slope, a, piecesMean(slope, a)))
  }
  const evaluate = (z: number): number => derivative(numberElementwise, z)
  return new KeptSeries((variance) => sampledSeries({ ...shape, evaluate }, variance))
}

function seriesOfSurrogate(psi: SurrogateMath): KeptSeries {
  const { pieces, bump } = psi
  if (bump) return new KeptSeries((b) => bumpSeries(bump, b))
  const evaluate = (z: number): number => psi.evaluate(numberElementwise, z)
  const sampled = { ...psi, evaluate }
  return new KeptSeries((b) => {
    const exact = pieces && piecesSeries(pieces, b, psi.gaussianMean(0, Math.sqrt(b)))
    return exact ?? sampledSeries(sampled, b)
  })
}
