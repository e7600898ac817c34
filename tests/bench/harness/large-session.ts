import { experimentSchema, type Experiment } from '@shared/design/experiment'
import { openSession } from '../../../src-main/session/session'
import { float32, float64, int32 } from '../../../src-main/session/stored-array'
import {
  agreement,
  environment,
  experiment,
  prediction,
  sampleEnsemble,
  sampleRun
} from '../../session/sample-values'

/** How large a session is. */
export interface SessionSize {
  readonly runs: number
  /** Of recorded kernels, in all runs together; rounded to whole steps of a run. */
  readonly kernelBytes: number
  readonly recordedSteps: number
}

const MEMBERS = 8
const KERNEL_MEMBERS = 5
const [TRAIN, TEST] = [15, 100]
const BYTES_OF_STEP = KERNEL_MEMBERS * TEST * TRAIN * 4

/**
 * Makes a session as runs fill it: every one with a prediction, and an ensemble with its networks'
 * kernels. Its numbers are arbitrary; experiments, labels and results differ.
 *
 * @param path must not exist
 */
export function makeLargeSession(
  path: string,
  { runs, kernelBytes, recordedSteps }: SessionSize
): void {
  const session = openSession(path, { appVersion: environment.appVersion })
  const kernelSteps = Math.min(recordedSteps, Math.round(kernelBytes / runs / BYTES_OF_STEP))
  try {
    for (let number = 0; number < runs; number++) {
      const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
      const ofRun = experimentOf(number, recordedSteps)
      const createdAt = new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toISOString()
      session.addRun(
        sampleRun(id, { name: ofRun.name, experiment: ofRun, seed: ofRun.seed, createdAt })
      )
      const steps = int32(Int32Array.from({ length: recordedSteps }, (_, i) => 15 * i))
      session.addPrediction(id, prediction, {
        steps,
        kernelTrainTrain: doubles(number, [TRAIN, TRAIN]),
        kernelTestTrain: doubles(number, [TEST, TRAIN]),
        trainMean: doubles(number, [recordedSteps, TRAIN, 1]),
        trainDeviation: doubles(number, [recordedSteps, TRAIN]),
        testMean: doubles(number, [recordedSteps, TEST, 1]),
        testDeviation: doubles(number, [recordedSteps, TEST]),
        expectedLoss: doubles(number, [recordedSteps]),
        nngpMean: doubles(number, [TEST, 1]),
        nngpDeviation: doubles(number, [TEST])
      })
      session.addEnsemble(id, ensembleOf(number, ofRun), {
        steps,
        trainOutputs: singles(number, [recordedSteps, MEMBERS, TRAIN, 1]),
        testOutputs: singles(number, [recordedSteps, MEMBERS, TEST, 1]),
        losses: doubles(number, [recordedSteps, MEMBERS]),
        weightMovement: doubles(number, [recordedSteps, 3, MEMBERS]),
        empiricalSteps: int32(Int32Array.from({ length: kernelSteps }, (_, i) => 15 * i)),
        empiricalKernels: singles(number, [kernelSteps, KERNEL_MEMBERS, TEST, TRAIN])
      })
      const finishedAt = createdAt.replace(':00:00', ':01:00')
      const end = { status: 'completed' as const, finishedAt, wallTimeMs: 60_000, environment }
      session.updateRun(id, end)
      if (number % 10 === 0) session.organiser.editRuns([{ runId: id, tags: ['paper', 'figure'] }])
    }
  } finally {
    session.close()
  }
}

/** Ten seeds of each of ten slopes and ten widths, and so on. */
function experimentOf(number: number, recordedSteps: number): Experiment {
  const width = 100 * (1 + (Math.floor(number / 100) % 10))
  const m = 1 + (Math.floor(number / 10) % 10)
  return experimentSchema.parse({
    ...experiment,
    name: `sign, width ${width}, slope ${m}, run ${number + 1}`,
    surrogate: { name: 'erf_prime', m },
    widths: [width],
    ensembleSize: MEMBERS,
    recordCount: recordedSteps - 2,
    empiricalKernels: {
      ...{ at: 'recorded', members: KERNEL_MEMBERS, standIn: { name: 'erf', m: 20 } }
    },
    seed: number
  })
}

function ensembleOf(number: number, { widths: [width = 1] }: Experiment) {
  const rmse = (1 + (number % 17)) / 100
  return {
    ...sampleEnsemble(0),
    ...{ width, label: '', finalLoss: (1 + (number % 13)) / 1000 },
    agreement: { ...agreement, rmse }
  }
}

function doubles(seed: number, shape: number[]) {
  return float64(filled(new Float64Array(sizeOf(shape)), seed), shape)
}

function singles(seed: number, shape: number[]) {
  return float32(filled(new Float32Array(sizeOf(shape)), seed), shape)
}

/** Fills with numbers that repeat: sines of gigabytes take longer than writing them. */
function filled<Values extends Float32Array | Float64Array>(values: Values, seed: number): Values {
  const period = Array.from({ length: 997 }, (_, i) => Math.sin(seed + i))
  for (let at = 0; at < values.length; at += period.length) {
    values.set(period.slice(0, values.length - at), at)
  }
  return values
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}
