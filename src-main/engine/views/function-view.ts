import { agreement } from '@shared/comparison/agreement'
import { ensembleStatistics } from '@shared/comparison/ensemble-statistics'
import type { FunctionView } from '@shared/protocol/results'
import { ascending, plotCoordinate } from './point-order'
import { origin } from './provenance'
import { recordOf } from './record-of'
import type { EnsembleResults } from './run-arrays'

/** Views show the first output; runs hold them all. */
const OUTPUT = 0

/**
 * The learned function of an ensemble at a recorded step against its predictions, points in the order
 * of their coordinate.
 *
 * @param step a recorded step, null for the last
 * @param input which input to plot against; null for the data's own coordinate
 * @throws {LabError} 'not-found' for a step that was not recorded
 */
export function functionView(
  results: EnsembleResults,
  ensembleIndex: number,
  step: number | null,
  maximumMembers: number,
  input: number | null = null
): FunctionView {
  const { run, data, steps } = results
  const record = recordOf(steps, step)
  const points = data.testInputs.rows
  const outputs = data.trainTargets.columns
  const size = run.experiment.ensembleSize
  const coordinate = plotCoordinate(data, input)
  const order = ascending(coordinate.test)
  const inOrder = (pick: (point: number) => number): Float64Array =>
    Float64Array.from(order, (point) => pick(point))
  const ofOutput = (values: Float64Array, offset = 0): Float64Array =>
    inOrder((point) => values[(offset + point) * outputs + OUTPUT] ?? NaN)

  // float32 outputs widened to float64 for statistics and drawing.
  const ensemble = new Float64Array(size * points)
  for (let member = 0; member < size; member++) {
    order.forEach((point, i) => {
      const at = ((record * size + member) * points + point) * outputs + OUTPUT
      ensemble[member * points + i] = results.testOutputs[at] ?? NaN
    })
  }
  const { mean, deviation } = ensembleStatistics(ensemble, points)
  const { prediction } = results
  const predicted = prediction && {
    mean: ofOutput(prediction.mean, record * points),
    deviation: inOrder((point) => prediction.deviation[record * points + point] ?? NaN),
    nngpMean: prediction.nngpMean && ofOutput(prediction.nngpMean)
  }
  const atStep = steps[record] ?? 0
  return {
    ...origin(results, ensembleIndex),
    ensembleSize: size,
    step: atStep,
    trainingTime: atStep * run.stepSize,
    coordinateLabel: coordinate.label,
    coordinateUnit: coordinate.unit,
    coordinate: inOrder((point) => coordinate.test[point] ?? NaN),
    trainCoordinate: coordinate.train,
    trainTargets: Float64Array.from(
      coordinate.train,
      (_, i) => data.trainTargets.values[i * outputs + OUTPUT] ?? NaN
    ),
    testTargets: data.testTargets && ofOutput(data.testTargets.values),
    members: Array.from({ length: Math.min(maximumMembers, size) }, (_, member) =>
      ensemble.slice(member * points, (member + 1) * points)
    ),
    ensembleMean: mean,
    ensembleDeviation: deviation,
    predictedMean: predicted && predicted.mean,
    predictedDeviation: predicted && predicted.deviation,
    nngpMean: predicted && predicted.nngpMean,
    agreement: predicted && agreement(ensemble, predicted),
    kernelName: run.experiment.surrogate ? 'analytic SG-NTK' : 'analytic NTK'
  }
}
