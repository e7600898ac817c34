import { ensembleStatistics } from '@shared/comparison/ensemble-statistics'
import { resolveDataset } from '@shared/design/dataset'
import type { Experiment } from '@shared/design/experiment'
import { ensembleAgreement, type EnsembleAgreement } from '@shared/studies/ensemble-agreement'
import { finding, type Finding } from '@shared/studies/finding'
import { meanEstimate, type MeanEstimate } from '@shared/studies/mean-estimate'
import type { StudyTable } from '@shared/studies/study-report'
import { squaredError, testError, type TestError } from '@shared/studies/test-error'
import { deviationPerOutput } from '@shared/theory/ensemble-moments'
import { predict } from '@shared/theory/prediction'
import { predictionKernels } from '@shared/theory/prediction-kernels'
import type { StudyPart, StudyTools } from './study-analysis'
import { predictedCondition, trainedEnsembles, type TrainedEnsemble } from './trained-ensembles'

/** Networks on one set of data. */
export interface RealTask {
  readonly id: string
  readonly title: string
  readonly networks: Experiment
}

/** One ensemble against the prediction and the truth, at the end of training. */
interface AtWidth {
  readonly ensemble: TrainedEnsemble
  readonly agreement: EnsembleAgreement
  /** Test error of single networks, and of the mean of their outputs. */
  readonly single: MeanEstimate
  readonly ofMean: number
  /** Squared error of single networks over that of the predicted process, mean and spread. */
  readonly squaredRatio: MeanEstimate
  /** Share of test points that the mean and the prediction put into one class. */
  readonly sameClass: number | null
  /** Test error of the mean at every recorded step. */
  readonly inTraining: readonly number[]
}

/** Test errors of sign networks on real data against those of the SG-NTK's prediction and of NNGP regression. */
export function testErrorPart({ id, title, networks }: RealTask): StudyPart {
  return {
    ...{ id, title: `networks on ${title}`, weight: 10 },
    async compute(tools) {
      const run = await tools.trained(networks)
      const data = resolveDataset(networks.data, tools.tables)
      const error = testError(data)
      const { testTargets } = data
      if (!testTargets) throw new RangeError('testError has refused data without test targets')
      const predicted = predictedCondition(tools, run, 0)
      const [mean, deviations] = [predicted.means.at(-1), predicted.deviations.at(-1)]
      if (!mean || !deviations) throw new RangeError('a run records its last step')
      const deviation = deviationPerOutput(deviations, testTargets.columns)
      const expectedSquares =
        squaredError(mean, testTargets) +
        deviation.reduce((total, value) => total + value * value, 0) / deviation.length
      const widths = trainedEnsembles(tools, run).map((ensemble): AtWidth => {
        const outputs = ensemble.testOutputs.at(-1) ?? new Float32Array()
        const rows = Array.from({ length: ensemble.members }, (_, member) =>
          outputs.subarray(member * mean.length, (member + 1) * mean.length)
        )
        const ofNetworks = ensembleStatistics(outputs, mean.length).mean
        return {
          ensemble,
          agreement: ensembleAgreement(outputs, { mean, deviation, along: mean }),
          single: meanEstimate(rows.map((row) => error.of(row))),
          ofMean: error.of(ofNetworks),
          squaredRatio: meanEstimate(
            rows.map((row) => squaredError(row, testTargets) / expectedSquares)
          ),
          sameClass: error.sameDecisions?.(ofNetworks, mean) ?? null,
          inTraining: ensemble.testOutputs.map((atStep) =>
            error.of(ensembleStatistics(atStep, mean.length).mean)
          )
        }
      })
      const theory = {
        ...{ steps: predicted.steps, errors: predicted.means.map((one) => error.of(one)) },
        nngp: predicted.nngpMean && error.of(predicted.nngpMean),
        seconds: await predictionSeconds(tools, networks, run.stepSize)
      }
      return {
        runIds: [run.id],
        findings: findings({ id, title }, error, widths, theory),
        tables: [
          widthTable({ id, title }, error, widths, theory),
          stepTable({ id, title }, widths, theory)
        ]
      }
    }
  }
}

interface Theory {
  readonly steps: Int32Array
  /** Of the predicted mean at every step. */
  readonly errors: readonly number[]
  /** Of NNGP regression. */
  readonly nngp: number | null
  /** Wall time of kernels and one prediction, other work's turns included. */
  readonly seconds: number
}

type Named = Pick<RealTask, 'id' | 'title'>

/** How long the kernels and the prediction at the end of training take, one thread. */
async function predictionSeconds(
  { tables, compute, algebra }: StudyTools,
  { data: spec, design, surrogate, steps }: Experiment,
  stepSize: number
): Promise<number> {
  const data = resolveDataset(spec, tables)
  const start = performance.now()
  const kernels = await compute(predictionKernels(design, surrogate, data))
  await compute(predict(kernels, data, stepSize, [steps], algebra))
  return (performance.now() - start) / 1000
}

function findings(
  { id, title }: Named,
  error: TestError,
  widths: readonly AtWidth[],
  { errors, nngp, seconds }: Theory
): Finding[] {
  const [narrow, wide] = [widths[0], widths.at(-1)]
  if (!narrow || !wide) return []
  const [near, far] = [wide.agreement.distance, narrow.agreement.distance]
  const width = `width ${wide.ensemble.width}`
  const perNetwork = (wide.ensemble.trainingMs ?? NaN) / 1000 / wide.ensemble.members
  return [
    finding({
      id: `${id}-nearer`,
      label: `${title}: squared distance of the networks’ mean from the prediction, width ${narrow.ensemble.width} less ${width}, over ‖p‖²`,
      value: far.value - near.value,
      standardError: Math.hypot(far.standardError, near.standardError),
      expectation: { low: 0, high: null, reason: 'wider networks are nearer to the prediction' }
    }),
    finding({ id: `${id}-distance`, label: `${title}: that distance at ${width}`, ...near }),
    finding({
      id: `${id}-prediction-error`,
      label: `${title}: ${error.name}, SG-NTK prediction`,
      value: errors.at(-1) ?? NaN
    }),
    ...(nngp === null
      ? []
      : [
          finding({
            id: `${id}-nngp-error`,
            label: `${title}: ${error.name}, NNGP regression`,
            value: nngp
          })
        ]),
    finding({
      id: `${id}-network-error`,
      label: `${title}: ${error.name}, single networks of ${width}`,
      ...wide.single
    }),
    finding({
      id: `${id}-mean-error`,
      label: `${title}: ${error.name}, mean of the networks of ${width}`,
      value: wide.ofMean
    }),
    finding({
      id: `${id}-squared-ratio`,
      label: `${title}: squared error of single networks over the predicted one (1 in the limit), ${width}`,
      ...wide.squaredRatio
    }),
    ...(wide.sameClass === null
      ? []
      : [
          finding({
            id: `${id}-same-class`,
            label: `${title}: share of test points that the networks’ mean and the prediction put into one class, ${width}`,
            value: wide.sameClass
          })
        ]),
    finding({
      id: `${id}-training-time`,
      label: `${title}: time to train one network of ${width}`,
      ...{ value: perNetwork, unit: 's' }
    }),
    finding({
      id: `${id}-prediction-time`,
      label: `${title}: time for the kernels and the prediction`,
      ...{ value: seconds, unit: 's' }
    })
  ]
}

function widthTable(
  { id, title }: Named,
  error: TestError,
  widths: readonly AtWidth[],
  { errors, nngp }: Theory
): StudyTable {
  return {
    id: `${id}-widths`,
    title: `${title}: sign networks at the end of training; errors are ${error.name}`,
    columns: [
      ...['width', 'networks', 'error of a network', '±', 'error of the mean', 'SG-NTK', 'NNGP'],
      ...['squared distance', '± (distance)', 'squared error/predicted', '± (squared error)'],
      ...['same class as SG-NTK', 'seconds a network']
    ],
    rows: widths.map(({ ensemble, agreement, single, ofMean, squaredRatio, sameClass }) => [
      ...[ensemble.width, ensemble.members, single.value, single.standardError, ofMean],
      ...[errors.at(-1) ?? null, nngp, agreement.distance.value, agreement.distance.standardError],
      ...[squaredRatio.value, squaredRatio.standardError, sameClass],
      ensemble.trainingMs === null ? null : ensemble.trainingMs / 1000 / ensemble.members
    ])
  }
}

function stepTable(
  { id, title }: Named,
  widths: readonly AtWidth[],
  { steps, errors }: Theory
): StudyTable {
  return {
    id: `${id}-steps`,
    title: `${title}: test error in training, of the networks’ mean and of the prediction`,
    columns: ['width', 'step', 'error of the mean', 'SG-NTK'],
    rows: widths.flatMap(({ ensemble, inTraining }) =>
      inTraining.map((value, i) => [ensemble.width, steps[i] ?? NaN, value, errors[i] ?? NaN])
    )
  }
}
