import type { Matrix } from '../design/dataset'
import { effectiveTime, type TrainingTime } from '../design/training-time'
import type { KernelMatrix } from './kernel-matrix'
import type { LinearAlgebra } from './linear-algebra'
import { combine, identityMatrix, rowSumNorm, scaled } from './matrix-arithmetic'
import { inverseOf, nullSpace } from './null-space'
import {
  doubled,
  joined,
  restingPropagator,
  type Dynamics,
  type Passage,
  type Propagator
} from './propagator'
import { spectrumInRightHalfPlane } from './stability'
import type { Stepwise } from './stepwise'

/**
 * Gradient descent under any kernel, asymmetric and with complex eigenvalues or not, in real
 * arithmetic: the propagator of a short time is doubled until it spans the time asked for
 * (scaling and squaring; Higham, SIAM J. Matrix Anal. Appl. 26 (2005) 1179). Nothing is
 * diagonalised, so badly conditioned eigenvectors do no harm.
 *
 * Where K is well conditioned, P alone is doubled and Φ = K⁻¹(1 − P), which halves the work; elsewhere,
 * and over times so short that 1 − P would cancel, Φ is doubled along with P.
 *
 * Where zero is a semisimple eigenvalue, its components are split off by their projector Π₀ first:
 * exactly untrained, they gather no rounding errors over long times.
 */
export function doublingDynamics(K: KernelMatrix, algebra: LinearAlgebra): Dynamics {
  const inverse = inverseOf(K, algebra)
  const idle = nullSpace(K, algebra, inverse)
  const projector = idle?.projector ?? null
  const size = rowSumNorm(K)
  /** K with positive eigenvalues in place of the zeros. */
  const regular = projector ? combine(1, K, size || 1, projector) : K
  /** Passages of 1, 2, 4, … steps, for the η asked for last. */
  let ladder: { eta: number; follows: boolean; powers: Passage[] } | null = null

  /** Whether Φ has to be followed along with P for this duration τ. */
  const follow = (duration: number): boolean => {
    const digitsLost = inverse ? inverse.condition / Math.min(1, duration * size) : Infinity
    return !(digitsLost * Number.EPSILON < LOST)
  }

  const completed = ({ residual, response }: Passage): Propagator => {
    if (response) return { residual, response }
    if (!inverse) throw new RangeError('the response was not followed, and there is no inverse')
    const trained = combine(1, identityMatrix(K.rows), -1, residual)
    return { residual, response: algebra.multiply(inverse.matrix, trained) }
  }

  function* steps(k: number, eta: number): Stepwise<Passage> {
    const follows = follow(k * eta)
    if (ladder?.eta !== eta || ladder.follows !== follows) {
      const unit = identityMatrix(K.rows)
      const residual = combine(1, unit, -eta, K)
      const single = addIdle({ residual, response: scaled(eta, unit) }, -1, -eta, projector)
      ladder = { eta, follows, powers: [follows ? single : { residual, response: null }] }
    }
    const { powers } = ladder
    let current: Passage | null = null
    for (let exponent = 0, left = k; left > 0; exponent++, left = Math.floor(left / 2)) {
      const known = powers[exponent]
      const power = known ?? (yield* doubledLast(powers, algebra))
      if (!known) powers.push(power)
      if (left % 2 === 1) {
        current = current ? joined(current, power, algebra) : power
        yield
      }
    }
    return current ?? addIdle(restingPropagator(K.rows), -1, 0, projector)
  }

  function* flow(duration: number): Stepwise<Passage> {
    const reach = duration * size
    const doublings = reach > SHORT ? Math.ceil(Math.log2(reach / SHORT)) : 0
    const short = duration / 2 ** doublings
    const base = yield* shortFlow(scaled(-short, K), short, algebra)
    const start = follow(duration)
      ? addIdle(base, -1, -short, projector)
      : { residual: base.residual, response: null }
    return yield* doubled(start, doublings, algebra)
  }

  const untilEnd = (): Propagator => {
    const complement = addIdle(restingPropagator(K.rows), -1, 0, projector).residual
    const response = inverse?.matrix ?? algebra.solve(regular, complement)
    if (!response) throw new RangeError('the end of training was asked for, but there is none')
    return { residual: scaled(0, response), response }
  }

  return {
    singular: idle !== null,
    untrained: projector,
    converges: () =>
      (idle === null || projector !== null) && spectrumInRightHalfPlane(regular, algebra),
    *at(time: TrainingTime) {
      const duration = effectiveTime(time)
      const trained =
        time.kind === 'steps'
          ? yield* steps(time.k, time.eta)
          : duration === Infinity
            ? untilEnd()
            : yield* flow(duration)
      return addIdle(completed(trained), 1, 0, projector)
    }
  }
}

/** Φ is solved for where the share of it that rounding may spoil is below this. */
const LOST = 1e-10

/** η·t·‖K‖ of the time that the series covers. */
const SHORT = 0.25

/** 1/(j + 1)! for j = 0 … 11: φ₁(A) = Σ Aʲ/(j + 1)!, which for ‖A‖ ≤ ¼ ends below 10⁻¹⁷. */
const COEFFICIENTS = [1]
for (let j = 1; j < 12; j++) COEFFICIENTS.push((COEFFICIENTS[j - 1] ?? NaN) / (j + 1))

/** exp(A) and short·φ₁(A), φ₁(A) = (exp(A) − 1)/A, by the series in blocks of three powers. */
function* shortFlow(A: Matrix, short: number, algebra: LinearAlgebra): Stepwise<Propagator> {
  const unit = identityMatrix(A.rows)
  const square = algebra.multiply(A, A)
  const cube = algebra.multiply(A, square)
  const polynomial = (from: number): Matrix => {
    const [c0 = NaN, c1 = NaN, c2 = NaN] = COEFFICIENTS.slice(from, from + 3)
    return combine(1, combine(c0, unit, c1, A), c2, square)
  }
  let series = polynomial(9)
  for (let block = 6; block >= 0; block -= 3) {
    yield
    series = combine(1, polynomial(block), 1, algebra.multiply(cube, series))
  }
  const residual = combine(1, unit, 1, algebra.multiply(A, series))
  return { residual, response: scaled(short, series) }
}

function* doubledLast(powers: readonly Passage[], algebra: LinearAlgebra): Stepwise<Passage> {
  const last = powers.at(-1)
  if (!last) throw new RangeError('there is no step to double')
  yield
  return joined(last, last, algebra)
}

/**
 * P + p·Π₀ and Φ + r·Π₀: takes out the components that are never trained (p = −1, r = −τ), or puts
 * them back into P alone (p = 1, r = 0).
 */
function addIdle(all: Propagator, p: number, r: number, projector: Matrix | null): Propagator {
  if (!projector) return all
  return {
    residual: combine(1, all.residual, p, projector),
    response: combine(1, all.response, r, projector)
  }
}
