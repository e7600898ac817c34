import { checkTraining } from '@shared/design/check-training'
import type { Dataset } from '@shared/design/dataset'
import {
  conditionLabel,
  conditions,
  stepSize as stepSizeOf,
  theoryObjection,
  type Condition,
  type Experiment
} from '@shared/design/experiment'
import { layerSizes, parameterCount } from '@shared/design/network'
import { LabError } from '@shared/protocol/errors'
import type { Forecast } from '@shared/protocol/results'
import { stability, type Stability } from '@shared/theory/stability'
import { kernelPieces } from '@shared/theory/kernels'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import type { Stepwise } from '@shared/theory/stepwise'
import { storedBytes } from './stored-bytes'
import {
  blockBytes,
  blockSize,
  defaultLimits,
  stepFlops,
  WORKING_BYTES,
  type EnsembleShape
} from './training/cost'
import { expectedTrainingMs } from './training/expected-time'

/** Above this many training points a forecast leaves stability out: it is asked at every edit. */
const STABILITY_LIMIT = 100

/**
 * What running an experiment would take, and what theory warns of.
 *
 * @param timeFactor how much longer than expected training takes on this machine, as far as is known
 * @throws {LabError} 'invalid-request' where optimiser or loss do not suit the data, or not even one
 *   network fits the memory that is allowed
 */
export function* forecast(
  experiment: Experiment,
  data: Dataset,
  algebra: LinearAlgebra,
  { timeFactor, memoryBytes: limit }: { timeFactor: number; memoryBytes: number | null }
): Stepwise<Forecast> {
  checkTraining(experiment, data)
  const { rows: points, columns: inputs } = data.trainInputs
  const outputs = data.trainTargets.columns
  const stepSize = stepSizeOf(experiment, points, outputs)
  const all = conditions(experiment)
  const shapes = all.flatMap(({ design }) =>
    experiment.widths.map((width) => layerSizes(design, inputs, width, outputs))
  )
  const { ensembleSize, steps } = experiment
  const flops = shapes.reduce((total, sizes) => total + trainingFlops(sizes, points, experiment), 0)
  const ensembles = shapes.map((sizes) => ensembleShape(sizes, data, experiment))
  const expectedMs = ensembles.reduce(
    (total, ensemble) => total + expectedTrainingMs(ensemble, steps, limit),
    0
  )
  const memoryBytes = ensembles.reduce((largest, ensemble) => {
    const one = blockBytes(ensemble, 1)
    if (limit !== null && one > limit) throw tooLarge(ensemble.sizes, one, limit)
    const limits = limit === null ? defaultLimits : { ...defaultLimits, memoryBytes: limit }
    return Math.max(largest, blockBytes(ensemble, blockSize(ensemble, limits)))
  }, 0)
  const limits: (Stability | null)[] = []
  const objection = theoryObjection(experiment)
  for (const { design, surrogate } of all) {
    if (points > STABILITY_LIMIT || objection !== null) limits.push(null)
    else {
      const { ntk, sgNtk } = yield* kernelPieces(design, surrogate, data.trainInputs, null)
      limits.push(stability(sgNtk ?? ntk, algebra))
    }
  }
  const warnings = limits.flatMap((limit, i) => {
    if (limit === null || steps === 0) return []
    const where = describe(experiment, all[i])
    if (Number.isNaN(limit.smallestRealPart)) {
      return [`${where}The kernel is infinite at the training points: choose a surrogate.`]
    }
    if (limit.maximumStepSize === 0) {
      return [
        `${where}The predicted dynamics are unstable at every step size: an eigenvalue of the kernel ` +
          `has real part ${limit.smallestRealPart.toPrecision(3)}.`
      ]
    }
    if (stepSize < limit.maximumStepSize) return []
    return [
      `${where}The step size η = ${stepSize.toPrecision(3)} is above the largest stable one, ` +
        `${limit.maximumStepSize.toPrecision(3)}: the prediction will diverge. Lower the learning rate.`
    ]
  })
  return {
    networks: shapes.length * ensembleSize,
    parametersPerNetwork: shapes.map(parameterCount),
    flops,
    memoryBytes,
    diskBytes: storedBytes(experiment, data),
    estimatedSeconds: (timeFactor * expectedMs) / 1000,
    stepSize,
    maximumStepSize: limits.map((limit) =>
      limit && Number.isFinite(limit.maximumStepSize) ? limit.maximumStepSize : null
    ),
    warnings:
      objection === null ? warnings : [`There is no prediction to compare with: ${objection}.`]
  }
}

function tooLarge(sizes: readonly number[], bytes: number, limit: number): LabError {
  const megabytes = (count: number): string => `${Math.ceil(count / 1e6)} MB`
  // Narrower networks are no way out below what TensorFlow takes for itself.
  const narrower =
    limit > WORKING_BYTES
      ? ', or train narrower networks'
      : `: TensorFlow itself takes ${megabytes(WORKING_BYTES)} of it`
  return new LabError(
    'invalid-request',
    `one network of width ${sizes[1] ?? 0} takes ${megabytes(bytes)} in training, but only ` +
      `${megabytes(limit)} are allowed: allow more memory${narrower}`
  )
}

/** One ensemble of an experiment. */
export function ensembleShape(
  sizes: readonly number[],
  { trainInputs, testInputs }: Pick<Dataset, 'trainInputs' | 'testInputs'>,
  { ensembleSize, optimiser }: Experiment
): EnsembleShape {
  return {
    ...{ sizes, members: ensembleSize, optimiser },
    trainPoints: trainInputs.rows,
    testPoints: testInputs.rows
  }
}

/** Floating point operations of training one ensemble. */
function trainingFlops(
  sizes: readonly number[],
  points: number,
  { ensembleSize, steps }: Experiment
): number {
  return stepFlops(sizes, points) * ensembleSize * steps
}

function describe(experiment: Experiment, condition: Condition | undefined): string {
  const label = condition && conditionLabel(experiment, condition)
  return label ? `${label}: ` : ''
}
