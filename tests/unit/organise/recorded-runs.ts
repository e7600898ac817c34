import { experimentSchema, type Experiment } from '@shared/design/experiment'
import type { EnsembleSummary, RecordedRun } from '@shared/protocol/results'
import quick from '../../../resources/presets/quick.json'

/** The quick preset's experiment with other values. */
export function experimentWith(changes: Record<string, unknown> = {}): Experiment {
  return experimentSchema.parse({ ...quick.experiment, ...changes })
}

/** An ensemble that is done. */
export function ensembleWith(changes: Partial<EnsembleSummary> = {}): EnsembleSummary {
  return {
    index: 0,
    width: 256,
    conditionLabel: '',
    agreement: {
      rmse: 0.1,
      rmsZ: 1,
      maxAbsZ: 3,
      rmsZDeviation: 1,
      meanInBand: 1,
      membersInBand: 0.95,
      rmseNngp: null
    },
    finalLoss: 0.25,
    trainingMs: 2000,
    flops: 4e9,
    ...changes
  }
}

/** A completed run; its seed is its experiment's. */
export function runWith(changes: Partial<RecordedRun> = {}): RecordedRun {
  const experiment = changes.experiment ?? experimentWith()
  return {
    id: 'run-1',
    name: 'Quick',
    note: '',
    group: null,
    tags: [],
    archived: false,
    status: 'completed',
    seed: experiment.seed,
    createdAt: '2026-11-24T03:00:00.000Z',
    startedAt: '2026-11-24T03:00:01.000Z',
    finishedAt: '2026-11-24T03:00:31.000Z',
    wallTimeMs: 30_000,
    problem: null,
    ensembles: [ensembleWith()],
    environment: null,
    configHash: 'ab'.repeat(32),
    stepSize: 0.1 / 15,
    warnings: [],
    ...changes,
    experiment
  }
}
