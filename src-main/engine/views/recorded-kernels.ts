import { LabError } from '@shared/protocol/errors'
import type { PlacedEnsemble, RunReader } from './run-reader'

/** Kernels of some networks of an ensemble, test points × training points, at some steps. */
export interface RecordedKernels {
  readonly steps: Int32Array
  /** One network's kernel at the n-th of these steps, widened to float64. */
  readonly kernel: (record: number, network: number) => Float64Array
  readonly networks: number
}

/**
 * The kernels that an ensemble recorded.
 *
 * @throws {LabError} 'invalid-request' where the run records none
 */
export function recordedKernels(reader: RunReader, { index }: PlacedEnsemble): RecordedKernels {
  requireRecordedKernels(reader)
  const steps = reader.read('ensemble', index, 'empiricalSteps', Int32Array)
  const values = reader.read('ensemble', index, 'empiricalKernels', Float32Array)
  const { testInputs, trainInputs } = reader.data
  const entries = testInputs.rows * trainInputs.rows
  const networks = values.length / (steps.length * entries)
  return {
    steps,
    networks,
    kernel: (record, network) => {
      const from = (record * networks + network) * entries
      return Float64Array.from(values.subarray(from, from + entries))
    }
  }
}

/** The kernels of all networks of an ensemble at one record. */
export function kernelsAt(recorded: RecordedKernels, record: number): Float64Array[] {
  return Array.from({ length: recorded.networks }, (_, network) => recorded.kernel(record, network))
}

function requireRecordedKernels({ run }: RunReader): void {
  if (run.experiment.empiricalKernels.at !== 'none') return
  throw new LabError(
    'invalid-request',
    'this run did not record the kernels of its networks: run it with empiricalKernels.at "ends" ' +
      'or "recorded"'
  )
}
