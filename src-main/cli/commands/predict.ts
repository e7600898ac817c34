import { Command } from 'commander'
import { matrixFromRows, type Matrix } from '@shared/design/dataset'
import { predictSpecSchema, taskPoints, type PredictSpec } from '@shared/design/specifications'
import type { TrainingTime } from '@shared/design/training-time'
import { LabError } from '@shared/protocol/errors'
import { ensembleMoments } from '@shared/theory/ensemble-moments'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import { shifted } from '@shared/theory/matrix-arithmetic'
import type { PredictionKernels } from '@shared/theory/prediction-kernels'
import { stabilityReport } from '@shared/theory/stability'
import { finish } from '@shared/theory/stepwise'
import { trainingDynamics, type TrainingDynamics } from '@shared/theory/training-dynamics'
import type { KernelPool } from '../../engine/kernels/kernel-pool'
import { pooledPredictionKernels } from '../../engine/kernels/pooled-prediction-kernels'
import { algebraFor } from '../algebra-for'
import { answerEach } from '../answer-each'
import type { Reportable } from '../json-line'
import { forecastMemory } from '../memory-forecast'
import { neverStopped } from '../with-kernel-pool'

/** Above this many training points eigenvalues are left out: of so many they take TensorFlow 15 s. */
const EIGENVALUE_LIMIT = 2000

/** tangent predict SPEC.json… */
export function predictCommand(): Command {
  return new Command('predict')
    .description(
      'predict trained ensembles of wide networks: mean and covariance; JSON on standard output'
    )
    .argument('<specs...>', 'JSON files, or - for standard input; one line of JSON for each')
    .addHelpText(
      'after',
      `
The specification is that of "tangent kernel" with a training task in place of X:
  {"activation": {"name": "sign"}, "surrogate": {"name": "erf_prime", "m": 5},
   "depthHidden": 1, "sigmaW": 1.5, "sigmaB": 0.1,
   "Xtrain": [[1, 0], [0, 1], [-1, 0]], "ytrain": [[1], [0], [-1]], "Xtest": [[0.6, 0.8]],
   "times": [{"kind": "flow", "t": 2.5, "eta": 0.1}, {"kind": "flow", "t": "inf", "eta": 0.1},
             {"kind": "steps", "k": 100, "eta": 0.1}], "ridge": 0}
Without surrogate the kernel is the NTK. eta is the step size of the loss ½ Σ (f − y)²; ytrain is N × k.
ridge ρ is weight decay towards the initial parameters.

The answer: {"results": [{"meanTest", "covTest", "meanTrain", "covTrain"}, …], one a time;
"eigenvalues": [[re, im], …] of the training kernel (null above ${EIGENVALUE_LIMIT} points, and
"eigenvaluesOmitted" says why); "stable": every component
converges or stays; "singular": some stay; "stability": what follows from the eigenvalues}.
Infinite and undefined numbers are "inf", "-inf" and "nan". Where training has no end, t = "inf" gives
"nan" and the reason as "diverges".

Examples:
  tangent predict task.json | python3 -c 'import json, sys; print(json.load(sys.stdin)["results"][0])'
  tangent predict a.json b.json > predictions.jsonl`
    )
    .action((paths: string[]) => answerEach(paths, predictSpecSchema, predictionReport))
}

async function predictionReport(spec: PredictSpec, pool: KernelPool): Promise<Reportable> {
  const { Xtrain, ytrain, Xtest, times, ridge, surrogate, ...design } = spec
  const data = taskPoints(spec)
  const targets = matrixFromRows(
    ytrain.map((row) => (typeof row === 'number' ? [row] : row)),
    'ytrain'
  )
  const [train, test] = [Xtrain.length, Xtest.length]
  const bytes = 8 * (3 * (train + test) ** 2 + 12 * train ** 2 + 4 * test * (train + test))
  forecastMemory(`Xtrain and Xtest of ${train} and ${test} points`, bytes)
  const condition = { design, surrogate: surrogate ?? null }
  const kernels = await pooledPredictionKernels(pool, condition, data, neverStopped)
  if (
    ![kernels.trainTrain, kernels.testTrain].every(({ values }) => values.every(Number.isFinite))
  ) {
    throw new LabError(
      'invalid-request',
      'surrogate: the NTK of this activation is infinite at coinciding points: name a surrogate, or use erf with a large m'
    )
  }
  const algebra = await algebraFor(train)
  const dynamics = trainingDynamics(kernels.trainTrain, ridge, algebra)
  const results = times.map((time) => resultAt(time, dynamics, kernels, targets, algebra))
  return { results, ...spectrumReport(kernels, ridge, dynamics, algebra) }
}

function resultAt(
  time: TrainingTime,
  dynamics: TrainingDynamics,
  kernels: PredictionKernels,
  targets: Matrix,
  algebra: LinearAlgebra
): Reportable {
  try {
    const propagator = finish(dynamics.at(time, kernels.testTrain))
    const moments = ensembleMoments(kernels, targets, propagator, algebra)
    return {
      meanTest: moments.testMean,
      covTest: moments.testCovariance,
      meanTrain: moments.trainMean,
      covTrain: moments.trainCovariance
    }
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'diverged') throw error
    const [N, T, k] = [targets.rows, kernels.testTrain.rows, targets.columns]
    return {
      meanTest: undefinedMatrix(T, k),
      covTest: undefinedMatrix(T, T),
      meanTrain: undefinedMatrix(N, k),
      covTrain: undefinedMatrix(N, N),
      diverges: error.message
    }
  }
}

function undefinedMatrix(rows: number, columns: number): Matrix {
  return { values: new Float64Array(rows * columns).fill(NaN), rows, columns }
}

function spectrumReport(
  { trainTrain }: PredictionKernels,
  ridge: number,
  dynamics: TrainingDynamics,
  algebra: LinearAlgebra
): { [key: string]: Reportable } {
  if (trainTrain.rows > EIGENVALUE_LIMIT) {
    return {
      eigenvalues: null,
      eigenvaluesOmitted: `of ${trainTrain.rows} training points they would take most of the time: up to ${EIGENVALUE_LIMIT} they are computed`,
      stable: dynamics.converges(),
      singular: dynamics.singular,
      stability: null
    }
  }
  const { eigenvalues, ...report } = stabilityReport(shifted(trainTrain, ridge), algebra)
  const { real, imaginary } = eigenvalues
  const { stable, singular, ...stability } = report
  return {
    eigenvalues: Array.from(real, (re, i) => [re, imaginary[i] ?? NaN]),
    stable,
    singular,
    stability
  }
}
