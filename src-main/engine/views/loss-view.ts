import { quantile } from '@shared/comparison/ensemble-statistics'
import type { LossView } from '@shared/protocol/results'
import { origin } from './provenance'
import type { EnsembleResults } from './run-arrays'

/** The losses of an ensemble's members at every recorded step, against the expected ones. */
export function lossView(results: EnsembleResults, ensembleIndex: number): LossView {
  const { run, steps, losses, prediction } = results
  const size = run.experiment.ensembleSize
  const perStep = (summary: (ofMembers: Float64Array) => number): Float64Array =>
    Float64Array.from(steps, (_, r) => summary(losses.subarray(r * size, (r + 1) * size)))
  return {
    ...origin(results, ensembleIndex),
    steps: Float64Array.from(steps),
    mean: perStep((members) => members.reduce((total, loss) => total + loss, 0) / size),
    low: perStep((members) => quantile(members, 0.05)),
    high: perStep((members) => quantile(members, 0.95)),
    loss: run.experiment.loss,
    predicted: prediction?.expectedLoss ?? new Float64Array()
  }
}
