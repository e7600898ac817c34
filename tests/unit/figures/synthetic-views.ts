import { circleTarget } from '@shared/design/dataset'
import type { FunctionView, LossView } from '@shared/protocol/results'
import { fillStandardNormal, streamPurpose } from '@shared/random/stream'

const angles = (count: number) =>
  Float64Array.from({ length: count }, (_, i) => (2 * Math.PI * i) / count - Math.PI)

/** A function view that looks like a small run: 64 rough members around a smooth prediction. */
export function syntheticFunctionView(changes: Partial<FunctionView> = {}): FunctionView {
  const coordinate = angles(100)
  const normal = new Float32Array(64 * 20)
  fillStandardNormal({ seed: 7, purpose: streamPurpose.weights }, normal)
  const predictedMean = coordinate.map(
    (angle) => 0.94 * circleTarget(angle) + 0.05 * Math.cos(3 * angle)
  )
  const predictedDeviation = coordinate.map((angle) => 0.18 + 0.14 * Math.sin(7.5 * angle) ** 2)
  const members = Array.from({ length: 64 }, (_, member) =>
    coordinate.map((_angle, i) => {
      const rough = normal[20 * member + Math.floor(i / 5)] ?? 0
      return (predictedMean[i] ?? 0) + (predictedDeviation[i] ?? 0) * rough
    })
  )
  const mean = coordinate.map((_, i) => average(members.map((member) => member[i] ?? 0)))
  const deviation = coordinate.map((_, i) =>
    Math.sqrt(average(members.map((member) => ((member[i] ?? 0) - (mean[i] ?? 0)) ** 2)))
  )
  const trainCoordinate = coordinate.filter((_, i) => i % 7 === 2)
  return {
    runId: 'run-1',
    runName: 'Quick: sign networks against the SG-NTK',
    ensembleIndex: 0,
    width: 200,
    conditionLabel: '',
    ensembleSize: 64,
    step: 3000,
    trainingTime: 20,
    coordinateLabel: 'angle θ',
    coordinateUnit: 'rad',
    coordinate,
    trainCoordinate,
    trainTargets: trainCoordinate.map(circleTarget),
    testTargets: coordinate.map(circleTarget),
    members,
    ensembleMean: mean,
    ensembleDeviation: deviation,
    predictedMean,
    predictedDeviation,
    nngpMean: predictedMean.map((value, i) => value + 0.1 * Math.sin(2 * (coordinate[i] ?? 0))),
    agreement: {
      rmse: 0.031,
      rmsZ: 1.04,
      maxAbsZ: 2.7,
      rmsZDeviation: 1.1,
      meanInBand: 1,
      membersInBand: 0.948,
      rmseNngp: 0.087
    },
    kernelName: 'analytic SG-NTK',
    provenance:
      'Tangent Lab 0.1.0 · sign, 2 hidden layers, σ_w = 1, σ_b = 0.1, κ = 1 · surrogate erf_prime (m = 1) · ' +
      'seed 1 · CPU: AMD EPYC 9R14, TensorFlow 2.21.0 · run 0198c2a4',
    ...changes
  }
}

/** A loss view over log-spaced steps with a decaying loss. */
export function syntheticLossView(changes: Partial<LossView> = {}): LossView {
  const steps = Float64Array.from([
    0, 1, 2, 3, 5, 8, 13, 22, 36, 60, 100, 165, 270, 450, 740, 1200, 2000, 3000
  ])
  const loss = (step: number) => 9 / (1 + step / 20) + 0.05
  return {
    runId: 'run-1',
    runName: 'Quick: sign networks against the SG-NTK',
    ensembleIndex: 0,
    width: 200,
    conditionLabel: '',
    steps,
    mean: steps.map(loss),
    low: steps.map((step) => 0.55 * loss(step)),
    high: steps.map((step) => 1.7 * loss(step)),
    loss: 'mse',
    predicted: steps.map((step) => 0.96 * loss(step)),
    provenance: syntheticFunctionView().provenance,
    ...changes
  }
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
