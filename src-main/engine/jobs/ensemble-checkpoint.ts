import { LabError } from '@shared/protocol/errors'
import type { Checkpoint } from '../../session/checkpoints'
import type { NamedArrays } from '../../session/arrays'
import { float32, float64 } from '../../session/stored-array'
import type { EnsembleState } from '../training/ensemble-record'

/** Arrays of the block in training, in the order of its variables. */
const VARIABLE = 'variable'

/** An ensemble's state in training as a session stores it. */
export function storedState(
  ensembleIndex: number,
  { membersDone, blockMembers, recordsDone, block, result }: EnsembleState
): { checkpoint: Checkpoint; arrays: NamedArrays } {
  const { trainOutputs, testOutputs, losses, weightMovement, trainingMs, flops } = result
  const variables = block?.variables ?? []
  return {
    checkpoint: {
      ensembleIndex,
      savedAt: new Date().toISOString(),
      position: {
        ...{ membersDone, blockMembers, recordsDone, trainingMs, flops },
        step: block?.step ?? null
      }
    },
    arrays: {
      trainOutputs: float32(trainOutputs),
      testOutputs: float32(testOutputs),
      losses: float64(losses),
      weightMovement: float64(weightMovement),
      ...Object.fromEntries(variables.map((values, i) => [variableName(i), float32(values)]))
    }
  }
}

/**
 * The state that storedState stored, bit for bit.
 *
 * @throws {LabError} 'session-unusable' where an array is missing or of another kind
 */
export function restoredState({ position }: Checkpoint, arrays: NamedArrays): EnsembleState {
  const { membersDone, blockMembers, recordsDone, step, trainingMs, flops } = position
  const count = Object.keys(arrays).filter((name) => name.startsWith(VARIABLE)).length
  return {
    ...{ membersDone, blockMembers, recordsDone },
    block:
      step === null
        ? null
        : {
            step,
            variables: Array.from({ length: count }, (_, i) =>
              checkpointNumbers(arrays, variableName(i), Float32Array)
            )
          },
    result: {
      trainOutputs: checkpointNumbers(arrays, 'trainOutputs', Float32Array),
      testOutputs: checkpointNumbers(arrays, 'testOutputs', Float32Array),
      losses: checkpointNumbers(arrays, 'losses', Float64Array),
      weightMovement: checkpointNumbers(arrays, 'weightMovement', Float64Array),
      ...{ trainingMs, flops }
    }
  }
}

function variableName(index: number): string {
  return `${VARIABLE}${index}`
}

/**
 * The numbers of a checkpoint's array.
 *
 * @param length as it must be, where that is known
 * @throws {LabError} 'session-unusable' where the array is missing, or of another type or length
 */
export function checkpointNumbers<T extends Float32Array | Float64Array>(
  arrays: NamedArrays,
  name: string,
  type: new (...args: never[]) => T,
  length?: number
): T {
  const data = arrays[name]?.data
  if (data instanceof type && (length === undefined || data.length === length)) return data
  throw new LabError(
    'session-unusable',
    `The run's checkpoint is damaged: its array ${name} is missing, or of another type or length. Start the run again.`
  )
}
