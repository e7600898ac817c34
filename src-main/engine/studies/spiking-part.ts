import { kernelError, kernelErrorScaling } from '@shared/comparison/kernel-error'
import { ensembleStatistics } from '@shared/comparison/ensemble-statistics'
import { resolveDataset, type Dataset, type DatasetSpec } from '@shared/design/dataset'
import type { Surrogate } from '@shared/design/surrogate'
import { ensembleAgreement, type EnsembleAgreement } from '@shared/studies/ensemble-agreement'
import { finding, type Finding } from '@shared/studies/finding'
import { meanEstimate, type MeanEstimate } from '@shared/studies/mean-estimate'
import {
  initialNetwork,
  networkSgNtk,
  outputsAt,
  trainSpiking
} from '@shared/studies/spiking/spiking-network'
import {
  spikingKernels,
  type Draws,
  type SpikingKernels
} from '@shared/studies/spiking/spiking-kernel'
import { spikeRule, type SpikingLayer } from '@shared/studies/spiking/spiking-layer'
import type { StudyTable } from '@shared/studies/study-report'
import { ensembleDeviations } from '@shared/theory/ensemble-moments'
import { asymmetry } from '@shared/theory/matrix-arithmetic'
import { jointPoints, predictionBlocks } from '@shared/theory/prediction-kernels'
import { stability } from '@shared/theory/stability'
import { trainingDynamics } from '@shared/theory/training-dynamics'
import { exponentFinding } from './exponent-finding'
import type { StudyPart, StudyTools } from './study-analysis'

/** What is computed of one kind of spiking layer. */
export interface SpikingTask {
  readonly id: string
  readonly title: string
  readonly layer: SpikingLayer
  /** Points in the plane with one target. */
  readonly data: DatasetSpec
  readonly surrogate: Surrogate
  /** Spikes are graded by (1 + erf(mz))/2 where a true derivative is needed. */
  readonly m: number
  readonly draws: Draws
  /** Networks of these widths, so many of each. */
  readonly widths: readonly number[]
  readonly members: number
  /** Of training, each a quarter of the largest stable one. */
  readonly steps: number
}

interface AtWidth {
  readonly width: number
  /** members × test × training points. */
  readonly kernels: Float64Array
  readonly position: MeanEstimate
  readonly trained: EnsembleAgreement
  readonly mean: Float64Array
}

/**
 * Networks of spiking units unrolled over a few steps: their SG-NTK against the Monte Carlo one as they
 * widen, and networks with hard spikes trained by surrogate gradients against what that kernel predicts.
 */
export function spikingPart(task: SpikingTask): StudyPart {
  const { id, title, layer, surrogate, m, draws } = task
  return {
    ...{ id, title, weight: 10 },
    async compute(tools) {
      const data = resolveDataset(task.data, tools.tables)
      const joint = jointPoints(data)
      const graded = await tools.compute(
        spikingKernels(joint, layer, spikeRule(m, surrogate), draws)
      )
      tools.progress(0.2)
      const prediction = await predicted(tools, task, data, graded)
      const widths: AtWidth[] = []
      for (const width of task.widths) {
        widths.push(await atWidth(tools, task, data, prediction, width))
        tools.progress(0.2 + (0.8 * widths.length) / task.widths.length)
      }
      const coarse = await tools.compute(
        spikingKernels(joint, layer, spikeRule(m / 2, surrogate), draws)
      )
      return {
        findings: [
          ...kernelFindings(task, graded, coarse, prediction.reference, widths),
          ...trainingFindings(task, widths)
        ],
        tables: [
          widthTable(task, prediction.reference, widths),
          functionTable(task, data, prediction, widths)
        ]
      }
    }
  }
}

type Prediction = Awaited<ReturnType<typeof predicted>>

/** The trained ensemble that the Monte Carlo kernels predict, at the end of training. */
async function predicted(
  { algebra, compute }: StudyTools,
  { steps }: SpikingTask,
  data: Dataset,
  { nngp, sgNtk }: SpikingKernels
) {
  const kernels = await compute(
    predictionBlocks({ nngp, ntk: sgNtk, sgNtk }, data.trainInputs.rows)
  )
  const eta = stability(kernels.trainTrain, algebra).maximumStepSize / 4
  const time = { kind: 'steps', k: steps, eta } as const
  const dynamics = trainingDynamics(kernels.trainTrain, 0, algebra)
  const propagator = await compute(dynamics.at(time, kernels.testTrain))
  const moments = ensembleDeviations(kernels, data.trainTargets, propagator, algebra)
  return {
    ...{ eta, mean: moments.testMean.values, deviation: moments.testDeviation },
    /** K(T, X). */
    reference: kernels.testTrain.values
  }
}

async function atWidth(
  { compute }: StudyTools,
  { layer, surrogate, m, draws: { seed }, members, steps }: SpikingTask,
  { trainInputs, trainTargets, testInputs }: Dataset,
  { eta, mean, deviation, reference }: Prediction,
  width: number
): Promise<AtWidth> {
  const kernels = new Float64Array(members * reference.length)
  const outputs = new Float64Array(members * mean.length)
  const graded = spikeRule(m, surrogate)
  const hard = spikeRule(null, surrogate)
  for (let member = 0; member < members; member++) {
    const network = initialNetwork(layer, width, seed, member)
    kernels.set(networkSgNtk(network, graded, testInputs, trainInputs), member * reference.length)
    await compute(trainSpiking(network, hard, trainInputs, trainTargets.values, { eta, steps }))
    outputs.set(outputsAt(network, hard, testInputs), member * mean.length)
  }
  const norm = product(reference, reference)
  const positions = Array.from({ length: members }, (_, member) => {
    const own = kernels.subarray(member * reference.length, (member + 1) * reference.length)
    return product(own, reference) / norm
  })
  return {
    ...{ width, kernels, position: meanEstimate(positions) },
    trained: ensembleAgreement(outputs, { mean, deviation, along: mean }),
    mean: ensembleStatistics(outputs, mean.length).mean
  }
}

function kernelFindings(
  { id, title, draws, m }: SpikingTask,
  { sgNtk, batches }: SpikingKernels,
  coarse: SpikingKernels,
  reference: Float64Array,
  widths: readonly AtWidth[]
): Finding[] {
  const norm = product(sgNtk.values, sgNtk.values)
  const along = (kernels: readonly Float64Array[]): MeanEstimate =>
    meanEstimate(kernels.map((one) => product(one, sgNtk.values) / norm))
  const { perNetwork } = kernelErrorScaling(widths, reference, draws.seed)
  return [
    finding({
      id: `${id}-monte-carlo-error`,
      label: `${title}: standard error of the Monte Carlo SG-NTK’s size, relative`,
      value: along(batches).standardError
    }),
    finding({
      id: `${id}-asymmetry`,
      label: `${title}: asymmetry ‖K − Kᵀ‖/‖K‖ of the Monte Carlo SG-NTK, its error included`,
      value: asymmetry(sgNtk)
    }),
    finding({
      id: `${id}-grading`,
      label: `${title}: size of the SG-NTK with spikes half as sharp (m = ${m / 2} for ${m}), same units`,
      value: along(coarse.batches).value
    }),
    ...widths.map(({ width, position }) =>
      finding({
        id: `${id}-kernel-width-${width}`,
        label: `${title}: SG-NTK of networks of width ${width} along the Monte Carlo one, ⟨K̂, K⟩/‖K‖²`,
        value: position.value,
        standardError: Math.hypot(position.standardError, along(batches).standardError),
        expectation: {
          ...{ low: 1, high: 1 },
          reason: 'one hidden layer: the mean over networks is exact at any width'
        }
      })
    ),
    ...exponentFinding(perNetwork, {
      id: `${id}-kernel-exponent`,
      label: `${title}: error of single networks’ SG-NTK falls as width^(−p): p`,
      expectation: { low: 0.5, high: 0.5, reason: 'the scatter of a sum over n units' }
    })
  ]
}

function trainingFindings({ id, title }: SpikingTask, widths: readonly AtWidth[]): Finding[] {
  const [narrow, wide] = [widths[0], widths.at(-1)]
  if (!narrow || !wide) return []
  const [far, near] = [narrow.trained.distance, wide.trained.distance]
  return [
    finding({
      id: `${id}-nearer`,
      label: `${title}, hard spikes: squared distance of the trained mean from the prediction, width ${narrow.width} less width ${wide.width}, over ‖p‖²`,
      value: far.value - near.value,
      standardError: Math.hypot(far.standardError, near.standardError),
      expectation: { low: 0, high: null, reason: 'wider networks are nearer to the prediction' }
    }),
    finding({
      id: `${id}-distance`,
      label: `${title}, hard spikes: that distance at width ${wide.width} (0 in the limit)`,
      ...near
    }),
    finding({
      id: `${id}-position`,
      label: `${title}, hard spikes: trained mean along the prediction (1 in the limit), width ${wide.width}`,
      ...wide.trained.position
    })
  ]
}

function widthTable(
  { id, title, members }: SpikingTask,
  reference: Float64Array,
  widths: readonly AtWidth[]
): StudyTable {
  return {
    id: `${id}-widths`,
    title: `${title}: networks against the Monte Carlo SG-NTK and its prediction`,
    columns: [
      ...['width', 'networks', 'kernel error of a network', 'kernel error of the mean'],
      ...['trained along the prediction', '±', 'squared distance', '± (distance)', 'variance'],
      '± (variance)'
    ],
    rows: widths.map(({ width, kernels, trained: { position, distance, spread } }) => {
      const { perNetwork, ofMean } = kernelError({ width, kernels }, reference)
      return [
        ...[width, members, meanEstimate(perNetwork).value, ofMean],
        ...[position.value, position.standardError, distance.value, distance.standardError],
        ...[spread.value, spread.standardError]
      ]
    })
  }
}

function functionTable(
  { id, title }: SpikingTask,
  { coordinate, testTargets }: Dataset,
  { mean, deviation }: Prediction,
  widths: readonly AtWidth[]
): StudyTable {
  return {
    id: `${id}-functions`,
    title: `${title}: functions of trained networks with hard spikes`,
    columns: [
      ...[coordinate.label, 'target', 'predicted mean', 'predicted s.d.'],
      ...widths.map(({ width }) => `mean of width ${width}`)
    ],
    rows: Array.from(coordinate.test, (angle, i) => [
      ...[angle, testTargets?.values[i] ?? null, mean[i] ?? NaN, deviation[i] ?? NaN],
      ...widths.map((one) => one.mean[i] ?? NaN)
    ])
  }
}

function product(x: Float64Array, y: Float64Array): number {
  return x.reduce((total, value, i) => total + value * (y[i] ?? NaN), 0)
}
