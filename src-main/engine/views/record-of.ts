import { LabError } from '@shared/protocol/errors'

/**
 * The place of a step among the recorded ones.
 *
 * @param step null for the last
 * @throws {LabError} 'not-found' for a step that was not recorded
 */
export function recordOf(steps: Int32Array, step: number | null): number {
  const record = step === null ? steps.length - 1 : steps.indexOf(step)
  if (record >= 0) return record
  throw new LabError(
    'not-found',
    `step ${step ?? ''} was not recorded; recorded steps: ${[...steps].join(', ')}`
  )
}
