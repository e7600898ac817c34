import type { PowerLaw } from '@shared/protocol/comparison'
import { finding, type Finding, type StatedFinding } from '@shared/studies/finding'

/** An exponent with the standard error of its interval; nothing where there is no fit. */
export function exponentFinding(
  law: PowerLaw | null,
  stated: Omit<StatedFinding, 'value'>
): Finding[] {
  if (!law) return []
  const interval = law.exponentInterval
  const standardError = interval && (interval[1] - interval[0]) / (2 * 1.96)
  return [finding({ ...stated, value: law.exponent, interval, standardError })]
}
