import type { MeanEstimate } from './mean-estimate'

/**
 * A statistic of independent draws with its jackknife standard error, √((n − 1)/n Σ (θ₋ᵢ − θ̄)²) (Tukey
 * 1958; Efron and Stein, Ann. Statist. 9, 1981).
 *
 * @param value of all draws
 * @param without the statistic without each one of the draws, n long
 */
export function jackknife(value: number, without: readonly number[]): MeanEstimate {
  const n = without.length
  const mean = without.reduce((total, one) => total + one, 0) / n
  const squares = without.reduce((total, one) => total + (one - mean) ** 2, 0)
  return { value, standardError: Math.sqrt(((n - 1) / n) * squares) }
}
