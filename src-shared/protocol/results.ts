import { z } from 'zod'
import { experimentSchema } from '../design/experiment'
import { lossSchema } from '../design/optimiser'
import { runLabelsSchema } from '../organise/run-edit'
import { sessionInfoSchema } from '../organise/session-info'
import { float64Array } from './arrays'
import { kernelErrorAtStepSchema, verdictSchema } from './comparison'

/** What computes: reported by the engine itself, stored with every run. */
export const engineReportSchema = z.object({
  appVersion: z.string(),
  tensorflowVersion: z.string(),
  /** The tfjs backend, "tensorflow". */
  backend: z.string(),
  /** A GPU is in use. */
  gpu: z.boolean(),
  /** The device in words. */
  device: z.string(),
  sqliteVersion: z.string(),
  nodeVersion: z.string(),
  /** null outside Electron. */
  electronVersion: z.string().nullable(),
  platform: z.string(),
  cpuModel: z.string(),
  cpuCount: z.int(),
  memoryBytes: z.number()
})
export type EngineReport = z.infer<typeof engineReportSchema>

export const runStatuses = [
  'queued',
  'running',
  'paused',
  'completed',
  'failed',
  'interrupted',
  'cancelled'
] as const
export const runStatusSchema = z.enum(runStatuses)
export type RunStatus = z.infer<typeof runStatusSchema>

/** A run that ended so can go on where it stopped. */
export const resumableStatuses = ['paused', 'interrupted'] as const satisfies readonly RunStatus[]

export function isResumable(status: RunStatus): boolean {
  return resumableStatuses.some((one) => one === status)
}

/** A run of these is still to end. */
export const unfinishedStatuses = ['queued', 'running'] as const satisfies readonly RunStatus[]

/** Whether a run is still to end. */
export function isUnderWay(status: RunStatus): boolean {
  return unfinishedStatuses.some((one) => one === status)
}

/** Agreement of one ensemble with its prediction at one recorded step, over the test points. */
export const agreementSchema = z.object({
  /** √ mean (ensemble mean − predicted mean)². */
  rmse: z.number(),
  /** √ mean z², z = (ensemble mean − predicted mean) / standard error; about 1 for agreement. */
  rmsZ: z.number(),
  /** The largest |z|. */
  maxAbsZ: z.number(),
  /** √ mean z² of the ensemble's standard deviation against the predicted one. */
  rmsZDeviation: z.number(),
  /** Fraction of test points whose ensemble mean lies inside predicted mean ± 1.96 predicted deviations. */
  meanInBand: z.number(),
  /** Fraction of members' outputs inside that band; 0.95 for agreement. */
  membersInBand: z.number(),
  /** √ mean (ensemble mean − NNGP regression)²; null where the NNGP kernel is singular. */
  rmseNngp: z.number().nullable(),
  /** Calibrated for correlated points; sessions of earlier versions have none. */
  verdict: verdictSchema.optional(),
  /** Where kernels of the networks themselves were recorded: how far from the analytic one they are. */
  kernelErrors: z.array(kernelErrorAtStepSchema).optional()
})
export type Agreement = z.infer<typeof agreementSchema>

/** One ensemble of a run: a width at one condition. */
export const ensembleSummarySchema = z.object({
  index: z.int(),
  width: z.int(),
  /** Empty where nothing is swept. */
  conditionLabel: z.string(),
  /** At the last recorded step; null until the ensemble is done. */
  agreement: agreementSchema.nullable(),
  /** Mean loss at the last recorded step. */
  finalLoss: z.number().nullable(),
  /** Wall time of the training steps, and their floating point operations; null until it is done. */
  trainingMs: z.number().nullable(),
  flops: z.number().nullable()
})
export type EnsembleSummary = z.infer<typeof ensembleSummarySchema>

export const runSummarySchema = z.object({
  id: z.string(),
  ...runLabelsSchema.shape,
  status: runStatusSchema,
  seed: z.number(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Wall time of the computation so far. */
  wallTimeMs: z.number().nullable(),
  /** Why it failed, null otherwise. */
  problem: z.string().nullable(),
  ensembles: z.array(ensembleSummarySchema)
})
export type RunSummary = z.infer<typeof runSummarySchema>

/** All that is known of a run apart from arrays. */
const recordedRunSchema = runSummarySchema.extend({
  experiment: experimentSchema,
  environment: engineReportSchema.nullable(),
  /** When its computation last began; null while it has not. */
  startedAt: z.string().nullable(),
  /** SHA-256 of the experiment: the same for the same experiment. */
  configHash: z.string(),
  /** η of the loss ½ Σ; training time is t = step · η. */
  stepSize: z.number(),
  warnings: z.array(z.string())
})
export type RecordedRun = z.infer<typeof recordedRunSchema>

/** A run with all that a view needs apart from arrays. */
export const runDetailSchema = recordedRunSchema.extend({
  /** The steps recorded so far by every finished ensemble. */
  recordedSteps: z.array(z.int())
})
export type RunDetail = z.infer<typeof runDetailSchema>

/**
 * The function learned by one ensemble at one recorded step, against its predictions.
 * Arrays have one entry per test point in the order of `coordinate`, for one output.
 */
export const functionViewSchema = z.object({
  runId: z.string(),
  runName: z.string(),
  ensembleIndex: z.int(),
  width: z.int(),
  conditionLabel: z.string(),
  ensembleSize: z.int(),
  step: z.int(),
  trainingTime: z.number(),
  coordinateLabel: z.string(),
  coordinateUnit: z.string(),
  coordinate: float64Array,
  trainCoordinate: float64Array,
  trainTargets: float64Array,
  testTargets: float64Array.nullable(),
  /** Some members, each a row of test outputs. */
  members: z.array(float64Array),
  ensembleMean: float64Array,
  ensembleDeviation: float64Array,
  /** null, as all that follows from it, where kernel theory does not describe the training. */
  predictedMean: float64Array.nullable(),
  predictedDeviation: float64Array.nullable(),
  /** NNGP kernel regression; null where its kernel is singular. */
  nngpMean: float64Array.nullable(),
  agreement: agreementSchema.nullable(),
  /** "analytic SG-NTK" or "analytic NTK". */
  kernelName: z.string(),
  /** One line: design, surrogate, seed, device. */
  provenance: z.string()
})
export type FunctionView = z.infer<typeof functionViewSchema>

/** Training losses of one ensemble at its recorded steps. */
export const lossViewSchema = z.object({
  runId: z.string(),
  runName: z.string(),
  ensembleIndex: z.int(),
  width: z.int(),
  conditionLabel: z.string(),
  steps: float64Array,
  mean: float64Array,
  /** 5th and 95th percentile over members. */
  low: float64Array,
  high: float64Array,
  /** What `mean` and the others are sums of. */
  loss: lossSchema,
  /** Expected loss of the predicted Gaussian process at the same steps; empty without a prediction. */
  predicted: float64Array,
  provenance: z.string()
})
export type LossView = z.infer<typeof lossViewSchema>

/** What starting an experiment would mean. */
export const forecastSchema = z.object({
  networks: z.int(),
  parametersPerNetwork: z.array(z.number()),
  /** Floating point operations of all training steps. */
  flops: z.number(),
  /** Memory that one block of networks needs at most. */
  memoryBytes: z.number(),
  /** What its results take in the session. */
  diskBytes: z.number(),
  /** Of training: an estimate, corrected by what the last run on this machine took. */
  estimatedSeconds: z.number(),
  stepSize: z.number(),
  /** Largest stable step size of the predicted dynamics per condition; null where not computed. */
  maximumStepSize: z.array(z.number().nullable()),
  warnings: z.array(z.string())
})
export type Forecast = z.infer<typeof forecastSchema>

/** Where a running computation stands. */
export const runProgressSchema = z.object({
  runId: z.string(),
  phase: z.enum(['predicting', 'training', 'comparing']),
  ensembleIndex: z.int(),
  ensembleCount: z.int(),
  width: z.int(),
  conditionLabel: z.string(),
  /** Step of the block of networks in training. */
  step: z.int(),
  steps: z.int(),
  membersDone: z.int(),
  members: z.int(),
  /** Share of all work done, by floating point operations. */
  fraction: z.number().min(0).max(1),
  elapsedMs: z.number(),
  /** An estimate; null until there is a rate to estimate from. */
  remainingMs: z.number().nullable(),
  /** Newly recorded losses of the block in training. */
  losses: z.array(z.object({ step: z.int(), mean: z.number(), low: z.number(), high: z.number() }))
})
export type RunProgress = z.infer<typeof runProgressSchema>

export const sessionSummarySchema = z.object({
  path: z.string(),
  /** File name without the extension. */
  name: z.string(),
  ...sessionInfoSchema.shape,
  /** Nothing can be changed; another process may be writing it. */
  readOnly: z.boolean(),
  fileBytes: z.number(),
  runCount: z.int(),
  /** Runs found interrupted when the session was opened. */
  interruptedOnOpen: z.int()
})
export type SessionSummary = z.infer<typeof sessionSummarySchema>
