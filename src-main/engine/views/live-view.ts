import { functionFigure } from '@shared/figures/function-figure'
import { kernelDriftFigure } from '@shared/figures/kernel-drift-figure'
import { lossFigure } from '@shared/figures/loss-figure'
import type { Plot } from '@shared/figures/plot'
import { weightMovementFigure } from '@shared/figures/weight-movement-figure'
import type { LiveView } from '@shared/protocol/live'
import type { RunDetail } from '@shared/protocol/results'
import type { LiveEnsemble } from '../jobs/live-ensemble'
import { movementByLayer } from './ensemble-views'
import { functionView } from './function-view'
import { kernelDrift } from './kernel-views'
import { lossView } from './loss-view'
import { origin } from './provenance'
import type { EnsembleResults } from './run-arrays'

/** Lines drawn of single networks: the picture is drawn anew several times a second. */
const MAXIMUM_MEMBERS = 30

/**
 * What an ensemble in training looks like at the last recorded step, against the prediction at the same
 * time. Its losses and weights are those of the same networks at the steps before.
 *
 * @param run its run as the session has it
 */
export function liveView(run: RunDetail, live: LiveEnsemble): LiveView {
  const { ensembleIndex, width, conditionLabel, steps, record, networks, result } = live
  const functions = functionView(now(run, live), ensembleIndex, null, MAXIMUM_MEMBERS)
  const upToNow = history(run, live)
  return {
    ...{ ensembleIndex, width, conditionLabel, networks },
    step: steps[record] ?? 0,
    trainingTime: (steps[record] ?? 0) * run.stepSize,
    ensembleSize: run.experiment.ensembleSize,
    flopsPerSecond: result.trainingMs > 0 ? (1000 * result.flops) / result.trainingMs : null,
    plots: {
      functions: functionFigure(functions, { ensembleDeviation: false }),
      losses: lossFigure(lossView(upToNow, ensembleIndex)),
      movement: record > 0 ? movementPlot(live, upToNow) : null,
      drift: driftPlot(live, upToNow)
    }
  }
}

/** The networks so far as an ensemble of their own that was recorded at this step alone. */
function now(run: RunDetail, live: LiveEnsemble): EnsembleResults {
  const { data, record, networks, result, prediction } = live
  const size = run.experiment.ensembleSize
  const perNetwork = data.testInputs.rows * data.trainTargets.columns
  const from = record * size * perNetwork
  const step = prediction?.steps[record]
  return {
    ...circumstances(run, live),
    steps: Int32Array.of(live.steps[record] ?? 0),
    testOutputs: result.testOutputs.subarray(from, from + networks * perNetwork),
    losses: new Float64Array(),
    prediction: step
      ? {
          mean: step.testMean.values,
          deviation: step.testDeviation,
          expectedLoss: Float64Array.of(step.expectedLoss),
          nngpMean: prediction.nngpRegression?.testMean.values ?? null
        }
      : null
  }
}

/** Their losses at this step and those before. */
function history(run: RunDetail, live: LiveEnsemble): EnsembleResults {
  const { record, networks, result, prediction } = live
  const size = run.experiment.ensembleSize
  const losses = new Float64Array((record + 1) * networks)
  for (let r = 0; r <= record; r++) {
    losses.set(result.losses.subarray(r * size, r * size + networks), r * networks)
  }
  return {
    ...circumstances(run, live),
    steps: Int32Array.from(live.steps.slice(0, record + 1)),
    testOutputs: new Float32Array(),
    losses,
    prediction: prediction && {
      mean: new Float64Array(),
      deviation: new Float64Array(),
      expectedLoss: Float64Array.from(
        prediction.steps.slice(0, record + 1),
        ({ expectedLoss }) => expectedLoss
      ),
      nngpMean: null
    }
  }
}

/** What views say of where an ensemble comes from: of as many networks as there are so far. */
function circumstances(
  run: RunDetail,
  { data, width, conditionLabel, networks }: LiveEnsemble
): Pick<EnsembleResults, 'run' | 'data' | 'width' | 'conditionLabel'> {
  const experiment = { ...run.experiment, ensembleSize: networks }
  return { run: { ...run, experiment }, data, width, conditionLabel }
}

function movementPlot(live: LiveEnsemble, upToNow: EnsembleResults): Plot {
  const { ensembleIndex, steps, record, networks, result, width } = live
  const size = result.losses.length / steps.length
  const later = steps.slice(1, record + 1)
  const layers = movementByLayer(result.weightMovement, steps.length, size, {
    records: later.map((_, i) => i + 1),
    networks
  })
  return weightMovementFigure({
    title: '',
    provenance: origin(upToNow, ensembleIndex).provenance,
    conditions: [''],
    layers: layers.length,
    ensembles: [{ row: 0, width, steps: Float64Array.from(later), layers }]
  })
}

/** null where kernels are not recorded, or only where training starts so far. */
function driftPlot(live: LiveEnsemble, upToNow: EnsembleResults): Plot | null {
  const { recorder, networks, steps, record, ensembleIndex, width } = live
  const { testInputs, trainInputs } = live.data
  const perNetwork = testInputs.rows * trainInputs.rows
  const recorded = recorder.steps.filter((step) => step <= (steps[record] ?? 0))
  const kernel = (at: number, network: number): Float64Array => {
    const from = (at * recorder.members + network) * perNetwork
    return Float64Array.from(recorder.values.subarray(from, from + perNetwork))
  }
  // The kernels of the last step may still be computed: they are left out until they are there.
  const seen = Math.min(networks, recorder.members)
  const isThere = (at: number): boolean => Number.isFinite(kernel(at, seen - 1)[0])
  const places = recorded.map((_, at) => at).filter((at) => at > 0 && isThere(at))
  if (places.length < 2) return null
  const drift = Array.from({ length: seen }, (_, network) => {
    const start = kernel(0, network)
    return Float64Array.from(places, (at) => kernelDrift(kernel(at, network), start))
  })
  return kernelDriftFigure({
    title: '',
    provenance: origin(upToNow, ensembleIndex).provenance,
    kernelName: upToNow.run.experiment.surrogate ? 'SG-NTK' : 'NTK',
    conditions: [''],
    ensembles: [
      { row: 0, width, steps: Float64Array.from(places, (at) => recorder.steps[at] ?? 0), drift }
    ]
  })
}
