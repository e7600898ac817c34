import { agreement } from '@shared/comparison/agreement'
import { checkTraining } from '@shared/design/check-training'
import { resolveDataset, type Dataset } from '@shared/design/dataset'
import {
  conditionLabel,
  conditions,
  lossFactor,
  recordedSteps,
  stepSize as stepSizeOf,
  theoryObjection,
  type Condition,
  type Experiment
} from '@shared/design/experiment'
import { layerSizes } from '@shared/design/network'
import type { PredictionDiagnostics } from '@shared/protocol/diagnostics'
import { deviationPerOutput } from '@shared/theory/ensemble-moments'
import { predict, type Prediction } from '@shared/theory/prediction'
import type { NamedArrays } from '../../session/arrays'
import type { Session } from '../../session/session'
import { float32, float64, int32 } from '../../session/stored-array'
import type { KernelRecorder } from '../empirical/kernel-recorder'
import { ensembleShape } from '../forecast'
import { pooledPredictionKernels } from '../kernels/pooled-prediction-kernels'
import { expectedTrainingMs } from '../training/expected-time'
import type { EnsembleJob } from '../training/train-ensemble'
import { ProgressMeter, type Position } from './progress-meter'
import type { RunContext } from './run-context'
import { trainAndKeep } from './train-and-keep'
import { inTurns } from '../turns'

/** What a run's training took. */
export interface RunCost {
  /** What it was expected to take. */
  readonly expectedMs: number
  readonly trainingMs: number
}

/**
 * The main job: for every condition predicts the trained ensemble from the analytic kernels, where
 * kernel theory describes the training, then for every width trains the ensemble, compares the two and
 * stores everything in the session.
 *
 * What the session has of the run already is not computed again: finished ensembles are passed over,
 * and the one in training goes on from the run's checkpoint, to the same bits on the same machine.
 *
 * @throws {LabError} 'invalid-request' where optimiser or loss do not suit the data; 'diverged' where
 *   training or its prediction overflows; the signal's reason
 */
export async function runExperiment(
  context: RunContext,
  runId: string,
  experiment: Experiment
): Promise<RunCost> {
  const data = resolveDataset(experiment.data, context.tables)
  checkTraining(experiment, data)
  const stepSize = stepSizeOf(experiment, data.trainInputs.rows, data.trainTargets.columns)
  const steps = recordedSteps(experiment)
  const all = conditions(experiment)
  const sizesOf = (condition: Condition, width: number): number[] =>
    layerSizes(condition.design, data.trainInputs.columns, width, data.trainTargets.columns)
  const expectedOf = (condition: Condition, width: number): number =>
    expectedTrainingMs(
      ensembleShape(sizesOf(condition, width), data, experiment),
      experiment.steps,
      context.memoryBytes
    )
  const totalMs = all.reduce(
    (total, condition) =>
      experiment.widths.reduce((sum, width) => sum + expectedOf(condition, width), total),
    0
  )
  const meter = new ProgressMeter(totalMs, context.onProgress)
  const ensembleCount = all.length * experiment.widths.length
  const stored = new Set(context.session.showRun(runId).ensembles.map(({ index }) => index))
  const cost = { expectedMs: 0, trainingMs: 0 }
  let doneMs = 0

  for (const [conditionIndex, condition] of all.entries()) {
    const label = conditionLabel(experiment, condition)
    const indexOf = (widthIndex: number): number =>
      conditionIndex * experiment.widths.length + widthIndex
    if (experiment.widths.every((_, widthIndex) => stored.has(indexOf(widthIndex)))) {
      doneMs += experiment.widths.reduce((sum, width) => sum + expectedOf(condition, width), 0)
      continue
    }
    const position: Position = {
      runId,
      phase: 'predicting',
      ensembleIndex: indexOf(0),
      ensembleCount,
      width: experiment.widths[0] ?? 0,
      conditionLabel: label,
      step: 0,
      steps: experiment.steps,
      membersDone: 0,
      members: experiment.ensembleSize
    }
    meter.flush(position, doneMs)
    const prediction =
      theoryObjection(experiment) === null
        ? await predicted(context, condition, data, stepSize, steps)
        : null
    if (prediction) {
      storePrediction(context.session, runId, conditionIndex, label, condition, prediction)
      context.onStored()
    }

    for (const [widthIndex, width] of experiment.widths.entries()) {
      const ensembleIndex = indexOf(widthIndex)
      const expectedMs = expectedOf(condition, width)
      if (stored.has(ensembleIndex)) {
        doneMs += expectedMs
        continue
      }
      const here: Position = { ...position, phase: 'training', ensembleIndex, width }
      const job: EnsembleJob = {
        design: condition.design,
        surrogate: condition.surrogate,
        sizes: sizesOf(condition, width),
        width,
        members: experiment.ensembleSize,
        seed: experiment.seed,
        data,
        optimiser: experiment.optimiser,
        loss: experiment.loss,
        learningRate: experiment.learningRate,
        lossFactor: lossFactor(experiment, data.trainInputs.rows, data.trainTargets.columns),
        recordedSteps: steps
      }
      const { trained, recorder, wallTimeMs } = await trainAndKeep(
        context,
        runId,
        ensembleIndex,
        job,
        experiment,
        ({ membersDone, blockMembers, step, loss, result }, kept) => {
          if (loss) {
            context.onRecorded({
              ...{ runId, ensembleIndex, width, conditionLabel: label, data, steps, result },
              record: steps.indexOf(loss.step),
              networks: membersDone + blockMembers,
              ...{ recorder: kept, prediction }
            })
          }
          const memberSteps = membersDone * experiment.steps + blockMembers * step
          const share = memberSteps / (experiment.ensembleSize * experiment.steps || 1)
          meter.report({ ...here, step, membersDone }, doneMs + expectedMs * share, loss)
        }
      )
      context.onRecorded(null)
      cost.expectedMs += expectedMs
      cost.trainingMs += trained.trainingMs
      doneMs += expectedMs
      meter.flush(
        { ...here, phase: 'comparing', step: experiment.steps, membersDone: here.members },
        doneMs
      )
      const lastLosses = trained.losses.subarray(-experiment.ensembleSize)
      context.session.addEnsemble(
        runId,
        {
          index: ensembleIndex,
          width,
          conditionIndex,
          label,
          finalLoss: lastLosses.reduce((total, loss) => total + loss, 0) / lastLosses.length,
          agreement: prediction && {
            ...finalAgreement(trained.testOutputs, experiment, data, prediction),
            ...(recorder.steps.length > 0 && {
              kernelErrors: recorder.errors(prediction.kernels.testTrain)
            })
          },
          wallTimeMs,
          trainingMs: trained.trainingMs,
          flops: trained.flops
        },
        {
          steps: int32(Int32Array.from(steps)),
          trainOutputs: float32(trained.trainOutputs, [
            steps.length,
            experiment.ensembleSize,
            data.trainInputs.rows,
            data.trainTargets.columns
          ]),
          testOutputs: float32(trained.testOutputs, [
            steps.length,
            experiment.ensembleSize,
            data.testInputs.rows,
            data.trainTargets.columns
          ]),
          losses: float64(trained.losses, [steps.length, experiment.ensembleSize]),
          weightMovement: float64(trained.weightMovement, [
            steps.length,
            job.sizes.length - 1,
            experiment.ensembleSize
          ]),
          ...recordedKernels(recorder, data)
        }
      )
      context.onStored()
    }
  }
  return cost
}

/** What kernel theory says of networks of one condition at the recorded steps. */
async function predicted(
  { kernels: pool, algebra, signal }: RunContext,
  condition: Condition,
  data: Dataset,
  stepSize: number,
  steps: readonly number[]
): Promise<Prediction> {
  const kernels = await pooledPredictionKernels(pool, condition, data, signal)
  return inTurns(predict(kernels, data, stepSize, steps, algebra), signal)
}

/** The networks' own kernels, test × training points, where any were recorded. */
function recordedKernels(
  { steps, members, values }: KernelRecorder,
  { testInputs, trainInputs }: Dataset
): NamedArrays {
  if (steps.length === 0) return {}
  return {
    empiricalSteps: int32(Int32Array.from(steps)),
    empiricalKernels: float32(values, [steps.length, members, testInputs.rows, trainInputs.rows])
  }
}

/** Agreement at the last recorded step, over test points and outputs. */
function finalAgreement(
  testOutputs: Float32Array,
  experiment: Experiment,
  data: Dataset,
  prediction: Prediction
): ReturnType<typeof agreement> {
  const outputs = data.trainTargets.columns
  const last = prediction.steps.at(-1)
  if (!last) throw new RangeError('no step was predicted')
  const size = experiment.ensembleSize * data.testInputs.rows * outputs
  return agreement(testOutputs.subarray(-size), {
    mean: last.testMean.values,
    deviation: deviationPerOutput(last.testDeviation, outputs),
    nngpMean: prediction.nngpRegression?.testMean.values ?? null
  })
}

function storePrediction(
  session: Session,
  runId: string,
  conditionIndex: number,
  label: string,
  { sweepValue }: Condition,
  prediction: Prediction
): void {
  const { kernels, steps, nngpRegression } = prediction
  const matrix = ({
    values,
    rows,
    columns
  }: {
    values: Float64Array
    rows: number
    columns: number
  }) => float64(values, [rows, columns])
  const perStep = (pick: (step: Prediction['steps'][number]) => Float64Array, shape: number[]) =>
    float64(Float64Array.from(steps.flatMap((step) => [...pick(step)])), [steps.length, ...shape])
  const [train, test] = [kernels.trainTrain.rows, kernels.testTrain.rows]
  const outputs = steps[0]?.testMean.columns ?? 0
  session.addPrediction(
    runId,
    { conditionIndex, label, sweepValue, diagnostics: diagnostics(prediction) },
    {
      steps: int32(Int32Array.from(steps, ({ step }) => step)),
      kernelTrainTrain: matrix(kernels.trainTrain),
      kernelTestTrain: matrix(kernels.testTrain),
      nngpTrainTrain: matrix(kernels.nngpTrainTrain),
      nngpTestTrain: matrix(kernels.nngpTestTrain),
      nngpTestTest: matrix(kernels.nngpTestTest),
      testMean: perStep((step) => step.testMean.values, [test, outputs]),
      trainMean: perStep((step) => step.trainMean.values, [train, outputs]),
      testDeviation: perStep((step) => step.testDeviation, [test]),
      trainDeviation: perStep((step) => step.trainDeviation, [train]),
      expectedLoss: float64(Float64Array.from(steps, ({ expectedLoss }) => expectedLoss)),
      ...(nngpRegression && {
        nngpMean: matrix(nngpRegression.testMean),
        nngpDeviation: float64(nngpRegression.testDeviation)
      })
    }
  )
}

function diagnostics({ stability, asymmetry, nngpRegression }: Prediction): PredictionDiagnostics {
  const finite = (value: number | undefined): number | null =>
    value !== undefined && Number.isFinite(value) ? value : null
  return {
    maximumStepSize: finite(stability?.maximumStepSize),
    smallestRealPart: finite(stability?.smallestRealPart),
    asymmetry,
    conditionEstimate: finite(stability?.spectralRatio),
    nngpSingular: nngpRegression === null
  }
}
