import type { Matrix } from '../design/dataset'
import { effectiveTime, type TrainingTime } from '../design/training-time'
import { LabError } from '../protocol/errors'
import { doublingDynamics } from './doubling-dynamics'
import { isSymmetric, type KernelMatrix } from './kernel-matrix'
import type { LinearAlgebra } from './linear-algebra'
import { combine, largestEntry, shifted } from './matrix-arithmetic'
import { negligibleShare } from './null-space'
import type { Propagator } from './propagator'
import { spectralDynamics } from './spectral-dynamics'
import type { Stepwise } from './stepwise'

/** Dynamics whose kernel carries a ridge, and the response that predictions at test points need. */
export interface TrainingDynamics {
  /** Zero is an eigenvalue of K + ρ, to rounding. */
  readonly singular: boolean
  /** Whether gradient flow comes to an end at the training points. */
  converges(): boolean
  /**
   * P and Φ at one time.
   *
   * @param testTrain K(T, X), which decides whether the end of training exists at T
   * @throws {LabError} 'diverged' where the end of training is asked for, but there is none
   */
  at(time: TrainingTime, testTrain: KernelMatrix): Stepwise<Propagator>
}

/**
 * Gradient descent on ½ Σ (f − y)² + ½ρ‖w − w₀‖², w the parameters and w₀ their initial values: flow
 * or steps under K + ρ. The ridge ρ pulls the outputs back to the initial ones, so that
 * f(X) − y = (1 − KΦ)(f₀(X) − y), where Φ is that of K + ρ; at the end of training f(T) is ridge
 * regression, f₀(T) − K(T,X)(K + ρ)⁻¹(f₀(X) − y).
 *
 * Symmetric kernels go by eigendecomposition, all others by doubling: nothing is symmetrised.
 *
 * @param kernel K(X, X)
 * @param ridge ρ ≥ 0
 * @throws {LabError} 'diverged' for a kernel with infinite entries
 */
export function trainingDynamics(
  kernel: KernelMatrix,
  ridge: number,
  algebra: LinearAlgebra
): TrainingDynamics {
  if (!kernel.values.every(Number.isFinite)) {
    throw new LabError(
      'diverged',
      'The kernel is infinite at the training points: networks of step activations have no NTK. ' +
        'Choose a surrogate, or erf with a large m.'
    )
  }
  const K = ridge === 0 ? kernel : shifted(kernel, ridge)
  const dynamics = isSymmetric(K) ? spectralDynamics(K, algebra) : doublingDynamics(K, algebra)
  return {
    singular: dynamics.singular,
    converges: () => dynamics.converges(),
    *at(time, testTrain) {
      const duration = effectiveTime(time)
      if (duration === Infinity && !dynamics.converges()) throw noEnd()
      const { untrained } = dynamics
      const driven = untrained !== null && drives(untrained, testTrain, algebra)
      if (duration === Infinity && driven) throw noEndOfPredictions()
      const { residual, response } = yield* dynamics.at(time)
      const full =
        untrained && duration < Infinity ? combine(1, response, duration, untrained) : response
      return {
        residual: combine(1, residual, ridge, full),
        // What is zero at the test points too would only gather rounding errors as τ grows.
        response: driven ? full : response
      }
    }
  }
}

/** Whether components that are never trained, to rounding, move the predictions at test points. */
function drives(untrained: Matrix, testTrain: KernelMatrix, algebra: LinearAlgebra): boolean {
  const growth = largestEntry(algebra.multiply(testTrain, untrained))
  // 10³ roundings: the projector's own error is that of the null vectors.
  return growth > 1e3 * negligibleShare(untrained.rows) * largestEntry(testTrain)
}

function noEnd(): LabError {
  return new LabError(
    'diverged',
    'Training does not converge as t → ∞: the kernel has an eigenvalue whose real part is not ' +
      'positive (or a zero one that is not semisimple). Ask for a finite time, or add a ridge.'
  )
}

function noEndOfPredictions(): LabError {
  return new LabError(
    'diverged',
    'Predictions at the test points have no end as t → ∞ that float64 can tell: a component that is ' +
      'never trained, to rounding, at the training points still drives them. Ask for a finite ' +
      'time, or add a ridge.'
  )
}
