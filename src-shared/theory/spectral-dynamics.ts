import { effectiveTime, type TrainingTime } from '../design/training-time'
import type { SymmetricKernelMatrix } from './kernel-matrix'
import type { LinearAlgebra } from './linear-algebra'
import { pickColumns, scaledColumns } from './matrix-arithmetic'
import { negligibleShare } from './null-space'
import type { Dynamics } from './propagator'

/**
 * Gradient descent under a symmetric kernel, by its eigendecomposition K = V Λ Vᵀ: P = V p(Λ) Vᵀ and
 * Φ = V φ(Λ) Vᵀ. Eigenvalues that are zero to rounding are taken as zero: never trained.
 */
export function spectralDynamics(K: SymmetricKernelMatrix, algebra: LinearAlgebra): Dynamics {
  const { values, vectors } = algebra.symmetricEigen(K)
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const rates = values.map((value) =>
    Math.abs(value) <= negligibleShare(K.rows) * largest ? 0 : value
  )
  const idle = Array.from(rates.keys()).filter((i) => rates[i] === 0)
  const idleVectors = pickColumns(vectors, idle)
  return {
    singular: idle.length > 0,
    untrained: idle.length > 0 ? algebra.multiply(idleVectors, idleVectors, { B: true }) : null,
    converges: () => rates.every((rate) => rate >= 0),
    // eslint-disable-next-line require-yield -- one native call, which cannot be divided
    *at(time) {
      const apply = (f: (rate: number) => number) =>
        algebra.multiply(scaledColumns(vectors, rates.map(f)), vectors, { B: true })
      return {
        residual: apply((rate) => residualShare(time, rate)),
        response: apply((rate) => responseShare(time, rate))
      }
    }
  }
}

/** p(λ): exp(−ηtλ) or (1 − ηλ)^k. */
function residualShare(time: TrainingTime, rate: number): number {
  if (rate === 0) return 1
  if (time.kind === 'flow') return Math.exp(-effectiveTime(time) * rate)
  const kept = 1 - time.eta * rate
  return kept > 0 ? Math.exp(time.k * Math.log1p(-time.eta * rate)) : kept ** time.k
}

/** φ(λ) = (1 − p(λ))/λ without cancellation; 0 at λ = 0, which is left to the caller. */
function responseShare(time: TrainingTime, rate: number): number {
  if (rate === 0) return 0
  if (time.kind === 'flow') return -Math.expm1(-effectiveTime(time) * rate) / rate
  const kept = 1 - time.eta * rate
  return kept > 0
    ? -Math.expm1(time.k * Math.log1p(-time.eta * rate)) / rate
    : (1 - kept ** time.k) / rate
}
