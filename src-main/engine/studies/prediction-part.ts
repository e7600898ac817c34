import { orientation } from '@shared/studies/orientation'
import { fitPowerLaw } from '@shared/comparison/power-law'
import { resolveDataset } from '@shared/design/dataset'
import type { Experiment } from '@shared/design/experiment'
import type { RunDetail } from '@shared/protocol/results'
import {
  covarianceShare,
  ensembleAgreement,
  type EnsembleAgreement
} from '@shared/studies/ensemble-agreement'
import { finding, type Finding } from '@shared/studies/finding'
import { meanEstimate, type MeanEstimate } from '@shared/studies/mean-estimate'
import type { StudyTable } from '@shared/studies/study-report'
import { ensembleMoments } from '@shared/theory/ensemble-moments'
import { predictionKernels } from '@shared/theory/prediction-kernels'
import { trainingDynamics } from '@shared/theory/training-dynamics'
import { functionTables, type LearnedFunctions } from './function-tables'
import type { StudyPart, StudyTools } from './study-analysis'
import {
  predictedCondition,
  trainedEnsembles,
  type PredictedCondition,
  type TrainedEnsemble
} from './trained-ensembles'

/** An ensemble at every recorded step against the prediction, and what is looked at at the ends only. */
interface Compared {
  readonly ensemble: TrainedEnsemble
  readonly steps: readonly EnsembleAgreement[]
  /** Shares of the predicted covariance at step 0 and at the end. */
  readonly startCovariance: MeanEstimate
  readonly endCovariance: MeanEstimate
  /** At the end: 1 on the prediction, −1 on NNGP regression; null where there is none. */
  readonly towards: MeanEstimate | null
  /** Root mean square of f − y over networks and training points at the end, and the predicted one. */
  readonly residual: number
  readonly predictedResidual: number
}

/**
 * Ensembles of sign networks trained by surrogate gradient learning against the Gaussian process that the
 * SG-NTK predicts: mean, spread, covariance and calibration over the whole training.
 *
 * @param networks one output, without a sweep
 */
export function predictionPart(id: string, networks: Experiment, weight: number): StudyPart {
  const kappa = `κ = ${networks.design.outputScale}`
  return {
    ...{ id, weight, title: `networks against the SG-NTK prediction, ${kappa}` },
    async compute(tools) {
      const run = await tools.trained(networks)
      const data = resolveDataset(networks.data, tools.tables)
      const predicted = predictedCondition(tools, run, 0)
      const covariances = await predictedCovariances(tools, run, predicted)
      const compared = trainedEnsembles(tools, run).map((ensemble) =>
        compare(ensemble, predicted, covariances, data.trainTargets.rows)
      )
      const functions: LearnedFunctions = {
        ...{ id, kappa, data, predicted, covariance: covariances.end },
        ensembles: compared.map(({ ensemble }) => ensemble)
      }
      return {
        runIds: [run.id],
        findings: findings(id, kappa, compared),
        tables: [
          endTable(id, kappa, compared),
          trainingTable(id, kappa, predicted, compared),
          ...functionTables(functions)
        ]
      }
    }
  }
}

/** The covariance of the outputs at the test points, before training and at its end. */
async function predictedCovariances(
  { algebra, tables, compute }: StudyTools,
  { experiment, stepSize: eta }: RunDetail,
  { steps }: PredictedCondition
) {
  const data = resolveDataset(experiment.data, tables)
  const kernels = await compute(predictionKernels(experiment.design, experiment.surrogate, data))
  const dynamics = trainingDynamics(kernels.trainTrain, 0, algebra)
  const end = { kind: 'steps', k: steps.at(-1) ?? 0, eta } as const
  const propagator = await compute(dynamics.at(end, kernels.testTrain))
  const moments = ensembleMoments(kernels, data.trainTargets, propagator, algebra)
  return { start: kernels.nngpTestTest, end: moments.testCovariance }
}

function compare(
  ensemble: TrainedEnsemble,
  { means, deviations, expectedLosses, nngpMean }: PredictedCondition,
  covariances: Awaited<ReturnType<typeof predictedCovariances>>,
  trainPoints: number
): Compared {
  const { testOutputs, losses, members } = ensemble
  const empty = new Float64Array()
  const along = means.at(-1) ?? empty
  const [first = new Float32Array(), last = first] = [testOutputs.at(0), testOutputs.at(-1)]
  const residual = (loss: number): number => Math.sqrt((2 * loss) / trainPoints)
  const nearer = (member: number, nngp: Float64Array): number =>
    orientation(last.subarray(member * along.length, (member + 1) * along.length), along, nngp)
  return {
    ensemble,
    steps: testOutputs.map((outputs, i) =>
      ensembleAgreement(outputs, {
        ...{ mean: means[i] ?? empty, deviation: deviations[i] ?? empty, along }
      })
    ),
    startCovariance: covarianceShare(first, covariances.start),
    endCovariance: covarianceShare(last, covariances.end),
    towards:
      nngpMean &&
      meanEstimate(Array.from({ length: members }, (_, member) => nearer(member, nngpMean))),
    residual: residual(meanEstimate(losses.at(-1) ?? empty).value),
    predictedResidual: residual(expectedLosses.at(-1) ?? NaN)
  }
}

function findings(id: string, kappa: string, compared: readonly Compared[]): Finding[] {
  const [narrowest, widest] = [compared[0], compared.at(-1)]
  if (!narrowest || !widest) return []
  const width = (one: Compared): string => `width ${one.ensemble.width}, ${kappa}`
  const start = compared.flatMap((one) => {
    const at = one.steps[0]
    if (!at) return []
    const key = `${id}-width-${one.ensemble.width}`
    return [
      finding({
        id: `${key}-start-mean`,
        label: `mean before training along the predicted function, ${width(one)}`,
        ...at.position,
        expectation: { low: 0, high: 0, reason: 'exact at any width: W and −W are as likely' }
      }),
      finding({
        id: `${key}-start-variance`,
        label: `variance before training over the predicted one, ${width(one)}`,
        ...at.spread,
        expectation: {
          ...{ low: 1, high: 1 },
          reason: 'exact at any width: sign² = 1, so it is κ²(σ_w² + σ_b²)'
        }
      })
    ]
  })
  const [narrow, wide] = [narrowest.steps.at(-1), widest.steps.at(-1)]
  if (!narrow || !wide) return start
  const residuals = compared.map(({ ensemble, residual }) => ({
    width: ensemble.width,
    value: residual
  }))
  return [
    ...start,
    finding({
      id: `${id}-start-covariance`,
      label: `share of the predicted covariance before training, ${width(widest)}`,
      ...widest.startCovariance
    }),
    finding({
      id: `${id}-nearer`,
      label: `squared distance of the mean from the prediction at the end: width ${narrowest.ensemble.width} less width ${widest.ensemble.width}, ${kappa}, over ‖p‖²`,
      value: narrow.distance.value - wide.distance.value,
      standardError: Math.hypot(narrow.distance.standardError, wide.distance.standardError),
      expectation: { low: 0, high: null, reason: 'wider networks are nearer to the prediction' }
    }),
    finding({
      id: `${id}-position`,
      label: `mean at the end along the predicted function (1 in the limit), ${width(widest)}`,
      ...wide.position
    }),
    finding({
      id: `${id}-distance`,
      label: `squared distance of the mean from the prediction over ‖p‖² (0 in the limit), ${width(widest)}`,
      ...wide.distance
    }),
    finding({
      id: `${id}-spread`,
      label: `variance at the end over the predicted one (1 in the limit), ${width(widest)}`,
      ...wide.spread
    }),
    finding({
      id: `${id}-covariance`,
      label: `share of the predicted covariance at the end (1 in the limit), ${width(widest)}`,
      ...widest.endCovariance
    }),
    finding({
      id: `${id}-in-band`,
      label: `share of outputs in the predicted 95 % band (0.95 in the limit), ${width(widest)}`,
      ...wide.inBand
    }),
    ...(widest.towards
      ? [
          finding({
            id: `${id}-towards`,
            label: `where the mean lies between NNGP regression (−1) and the SG-NTK’s prediction (1), ${width(widest)}`,
            ...widest.towards,
            expectation: {
              ...{ low: 0, high: null },
              reason: 'hidden layers learn too: the SG-NTK describes it, NNGP regression does not'
            }
          })
        ]
      : []),
    ...residualExponent(id, kappa, residuals)
  ]
}

function residualExponent(
  id: string,
  kappa: string,
  residuals: readonly { readonly width: number; readonly value: number }[]
): Finding[] {
  const law = fitPowerLaw(residuals)
  if (!law) return []
  return [
    finding({
      id: `${id}-residual-exponent`,
      label: `training residual at the end falls as width^(−p), ${kappa}: p`,
      value: law.exponent
    })
  ]
}

function endTable(id: string, kappa: string, compared: readonly Compared[]): StudyTable {
  const estimate = (one: MeanEstimate | null | undefined): (number | null)[] => [
    one?.value ?? null,
    one?.standardError ?? null
  ]
  return {
    id: `${id}-end`,
    title: `Sign networks against the SG-NTK prediction at the end of training, ${kappa}; each number with its standard error`,
    columns: [
      ...['width', 'along the prediction', '±', 'squared distance', '± (distance)'],
      ...['variance', '± (variance)', 'covariance', '± (covariance)', 'in 95 % band', '± (band)'],
      ...['NNGP −1 … SG-NTK 1', '± (NNGP … SG-NTK)'],
      ...['training residual', 'predicted residual']
    ],
    rows: compared.map(({ ensemble, steps, endCovariance, towards, ...one }) => {
      const end = steps.at(-1)
      return [
        ensemble.width,
        ...estimate(end?.position),
        ...estimate(end?.distance),
        ...estimate(end?.spread),
        ...estimate(endCovariance),
        ...estimate(end?.inBand),
        ...estimate(towards),
        ...[one.residual, one.predictedResidual]
      ]
    })
  }
}

function trainingTable(
  id: string,
  kappa: string,
  { steps, means }: PredictedCondition,
  compared: readonly Compared[]
): StudyTable {
  const end = means.at(-1) ?? new Float64Array()
  const product = (x: Float64Array): number =>
    x.reduce((total, value, i) => total + value * (end[i] ?? NaN), 0)
  return {
    id: `${id}-training`,
    title: `Sign networks against the SG-NTK prediction in training, ${kappa}`,
    columns: [
      ...['width', 'step', 'predicted along', 'along', 'standard error'],
      ...['squared distance', '± (distance)', 'variance', '± (variance)']
    ],
    rows: compared.flatMap(({ ensemble, steps: agreements }) =>
      agreements.map(({ position, distance, spread }, i) => [
        ...[ensemble.width, steps[i] ?? NaN, product(means[i] ?? end) / product(end)],
        ...[position.value, position.standardError, distance.value, distance.standardError],
        ...[spread.value, spread.standardError]
      ])
    )
  }
}
