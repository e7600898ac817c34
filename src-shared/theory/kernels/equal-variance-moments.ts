import type { ActivationMath } from '../../design/activation-math'
import type { SurrogateMath } from '../../design/surrogate-math'
import { coincidentPair, type GaussianPair } from '../moments/gaussian-pair'
import type { Stepwise } from '../stepwise'
import { AngleTable, NEAREST_ANGLE } from './angle-table'
import type { BatchMoments, SurrogateMoments } from './batch-moments'
import { pairAt, type PairBatch } from './pair-batch'

/** The moments of a layer whose points all have one variance. */
export interface EqualVarianceMoments {
  readonly moments: Omit<BatchMoments, 'surrogate'>
  readonly surrogate: SurrogateMoments | null
  /** Tabulates the moments, a turn after every quadrature; to be run to its end before they are used. */
  readonly prepare: () => Stepwise<void>
}

/** One moment of pairs of one variance, by the angle between u and v. */
interface TabulatedMoment {
  readonly build: () => Stepwise<void>
  readonly fill: (pairs: PairBatch, count: number, out: Float64Array) => void
}

/**
 * Where all points have one variance a, as on the circle, each moment is a function of the angle t
 * alone, cos t = c/a: it is tabulated with a few dozen quadratures and read off for every pair.
 *
 * Pairs nearer to coincidence or opposition than the tables reach go through the moments of single
 * pairs; exact coincidences and oppositions are computed once.
 */
export function equalVarianceMoments(
  math: ActivationMath,
  psi: SurrogateMath | null,
  variance: number
): EqualVarianceMoments {
  const coincident = coincidentPair(variance)
  const slopes = math.derivativeMoment(coincident)
  const slopeLevel = Number.isFinite(slopes) ? slopes : 0
  const tabulated = (
    moment: (pair: GaussianPair) => number,
    level: number,
    hasOrder: boolean
  ): TabulatedMoment => tabulatedMoment(moment, variance, level, hasOrder)
  const second = tabulated(math.secondMoment, math.secondMoment(coincident), false)
  const derivative = tabulated(math.derivativeMoment, slopeLevel, true)
  const difference = math.differenceMoment && tabulated(math.differenceMoment, 0, true)
  const sum = math.sumMoment && tabulated(math.sumMoment, 0, true)
  const psiLevel =
    psi && Math.max(psi.gaussianMean(0, Math.sqrt(variance)), Math.abs(psi.valueAtZero))
  const withPsi =
    psi &&
    tabulated(
      (pair) => math.surrogateMoment(pair, psi),
      Math.sqrt(slopeLevel) * (psiLevel ?? 0),
      false
    )
  return {
    moments: {
      knowsDifference: difference !== undefined,
      knowsSum: sum !== undefined,
      isSlow: true,
      moments: (pairs, count, out) => {
        second.fill(pairs, count, out.second)
        derivative.fill(pairs, count, out.derivative)
        difference?.fill(pairs, count, out.difference)
        sum?.fill(pairs, count, out.sum)
      }
    },
    surrogate: withPsi && {
      moments: (pairs, count, out, mirrored) => {
        withPsi.fill(pairs, count, out)
        // Of equal variances: exchanging the arguments changes nothing.
        mirrored?.set(out.subarray(0, count))
      }
    },
    *prepare() {
      for (const moment of [second, derivative, difference, sum, withPsi]) {
        if (moment) yield* moment.build()
      }
    }
  }
}

/**
 * @param level what errors are measured against at least
 * @param hasOrder the moment may vanish or diverge as a power of the distance from u = v or u = −v:
 *   what is left after division by that power is tabulated, so that its digits are kept
 */
function tabulatedMoment(
  moment: (pair: GaussianPair) => number,
  variance: number,
  level: number,
  hasOrder: boolean
): TabulatedMoment {
  const exact = (angle: number): number => moment(pairAtAngle(variance, angle))
  const orders = { near: 0, far: 0 }
  const power = (angle: number): number =>
    chord(angle / 2, orders.near) * chord((Math.PI - angle) / 2, orders.far)
  const table = new AngleTable((angle) => exact(angle) / power(angle), level)
  const known = new Map<number, number>()
  const atEnd = (pair: GaussianPair, angle: number): number => {
    const value = known.get(angle) ?? moment(pair)
    known.set(angle, value)
    return value
  }
  return {
    *build() {
      if (hasOrder) {
        orders.near = orderAt((distance) => exact(distance))
        orders.far = orderAt((distance) => exact(Math.PI - distance))
      }
      yield
      yield* table.build()
    },
    fill: (pairs, count, out) => {
      for (let p = 0; p < count; p++) {
        const [distance, sum] = [pairs.distance[p] ?? NaN, pairs.sum[p] ?? NaN]
        const angle = 2 * Math.atan2(Math.sqrt(distance), Math.sqrt(sum))
        if (distance === 0 || sum === 0) out[p] = atEnd(pairAt(pairs, p), angle)
        else {
          const tabulated = table.at(angle)
          out[p] = tabulated === null ? moment(pairAt(pairs, p)) : tabulated * power(angle)
        }
      }
    }
  }
}

/** Two pre-activations of one variance at an angle. */
function pairAtAngle(a: number, angle: number): GaussianPair {
  return {
    a,
    b: a,
    c: a * Math.cos(angle),
    gram: (a * Math.sin(angle)) ** 2,
    distance: 4 * a * Math.sin(angle / 2) ** 2,
    sum: 4 * a * Math.cos(angle / 2) ** 2
  }
}

/** sinᵒʳᵈᵉʳ. */
function chord(angle: number, order: number): number {
  return order === 0 ? 1 : Math.sin(angle) ** order
}

/** The power of the distance as which a moment vanishes or diverges: −1 for steps, to 2. */
function orderAt(moment: (distance: number) => number): number {
  const order = Math.round(Math.log2(moment(2 * NEAREST_ANGLE) / moment(NEAREST_ANGLE)))
  return order >= -1 && order <= 2 ? order : 0
}
