import type { EnsembleSummary } from '../protocol/results'

/** What is compared of ensembles: the column's name, and what it holds. */
export const resultColumns = {
  finalLoss: 'mean loss over the networks at the last step',
  rmse: '√ mean (ensemble mean − predicted mean)² over the test points',
  rmsZ: '√ mean z² of the ensemble mean; about 1 for agreement',
  maxAbsZ: 'the largest |z|',
  rmsZDeviation: '√ mean z² of the ensemble’s standard deviation; about 1 for agreement',
  meanInBand: 'share of test points with the ensemble mean in the predicted 95 % band',
  membersInBand: 'share of the networks’ outputs in that band; 0.95 for agreement',
  rmseNngp: '√ mean (ensemble mean − NNGP regression)²',
  meanRatio: 'squared distance of the means over what sampling explains; about 1 for agreement',
  pMean: 'probability of such a distance if the prediction is right',
  spreadRatio: 'variance of the ensemble over the predicted one',
  pSpread: 'probability of such a ratio if the prediction is right',
  trainingSeconds: 'wall time of the training steps in seconds',
  gflops: 'rate of training in GFLOP/s'
} as const
export type ResultColumn = keyof typeof resultColumns
export const resultNames = Object.keys(resultColumns) as [ResultColumn, ...ResultColumn[]]

/** The results of one ensemble by column; null where there is none. */
export function resultCells({
  agreement,
  finalLoss,
  trainingMs,
  flops
}: EnsembleSummary): Record<ResultColumn, number | null> {
  const verdict = agreement?.verdict
  return {
    finalLoss,
    rmse: agreement?.rmse ?? null,
    rmsZ: agreement?.rmsZ ?? null,
    maxAbsZ: agreement?.maxAbsZ ?? null,
    rmsZDeviation: agreement?.rmsZDeviation ?? null,
    meanInBand: agreement?.meanInBand ?? null,
    membersInBand: agreement?.membersInBand ?? null,
    rmseNngp: agreement?.rmseNngp ?? null,
    meanRatio: verdict?.meanRatio ?? null,
    pMean: verdict?.meanPValue ?? null,
    spreadRatio: verdict?.spreadRatio ?? null,
    pSpread: verdict?.spreadPValue ?? null,
    trainingSeconds: trainingMs === null ? null : trainingMs / 1000,
    gflops: flops && trainingMs ? flops / trainingMs / 1e6 : null
  }
}
