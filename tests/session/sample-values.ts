import { figureSpecSchema } from '@shared/figures/figure-request'
import { finding } from '@shared/studies/finding'
import type { StudyContent } from '@shared/studies/study-report'
import { experimentSchema } from '@shared/design/experiment'
import type { DataTable } from '@shared/design/datasets/table'
import type { RunLabels } from '@shared/organise/run-edit'
import type { SessionInfo } from '@shared/organise/session-info'
import type { NewFigure } from '@shared/organise/stored-figure'
import type { PredictionDiagnostics } from '@shared/protocol/diagnostics'
import type { Agreement, EngineReport } from '@shared/protocol/results'
import type { NewDataset } from '../../src-main/session/datasets'
import type { Ensemble } from '../../src-main/session/ensembles'
import type { Prediction } from '../../src-main/session/predictions'
import type { NewRun } from '../../src-main/session/runs'

export const experiment = experimentSchema.parse({
  name: 'sign networks against the SG-NTK',
  data: { kind: 'circle', trainFrom: 'test', trainCount: 15, testCount: 100, seed: 3 },
  design: { depthHidden: 2, activation: { name: 'sign' }, sigmaW: 1, sigmaB: 0.1 },
  surrogate: { name: 'erf_prime', m: 1 },
  widths: [200],
  ensembleSize: 64,
  steps: 3000,
  learningRate: 0.1,
  lossReduction: 'mean',
  seed: 1
})

export function sampleRun(id: string, changes: Partial<NewRun> = {}): NewRun {
  return {
    id,
    name: `run ${id}`,
    experiment,
    seed: 1,
    createdAt: '2026-11-24T12:00:00.000Z',
    stepSize: 0.1 / 15,
    warnings: [],
    ...changes
  }
}

/** The labels of a run that has none yet, apart from its name. */
export const unlabelled = { note: '', group: null, tags: [], archived: false }

export const labels: RunLabels = {
  name: 'baseline at κ = 0.2',
  note: 'The **first** run, see `Figure 3`.',
  group: 'κ sweep',
  tags: ['baseline', 'größe'],
  archived: true
}

export const info: SessionInfo = { title: 'Sign networks', note: '- compare with the paper' }

export const figure: NewFigure = {
  id: 'c0ffee00-0000-4000-8000-000000000001',
  name: 'Figure 3, left',
  spec: figureSpecSchema.parse({
    source: { kind: 'function', runId: 'a', ensembleIndex: 0 },
    edits: { title: 'κ = 0.2', axes: [{ panel: null, axis: 'y', range: [-1.5, 2] }] },
    ...{ theme: 'print', width: 321, height: 257 }
  }),
  position: 2.5,
  createdAt: '2026-11-24T12:00:00.000Z'
}

export const environment: EngineReport = {
  appVersion: '0.1.0',
  tensorflowVersion: '2.15.1',
  backend: 'tensorflow',
  gpu: false,
  device: 'CPU',
  sqliteVersion: '3.54.1',
  nodeVersion: '20.18.1',
  electronVersion: null,
  platform: 'linux x64',
  cpuModel: 'a processor',
  cpuCount: 2,
  memoryBytes: 2 ** 34
}

export const agreement: Agreement = {
  rmse: 0.01,
  rmsZ: 1.02,
  maxAbsZ: 2.5,
  rmsZDeviation: 0.97,
  meanInBand: 1,
  membersInBand: 0.951,
  rmseNngp: 0.2
}

export const diagnostics: PredictionDiagnostics = {
  maximumStepSize: 0.4,
  smallestRealPart: 1e-5,
  asymmetry: 3e-17,
  conditionEstimate: 1e4,
  nngpSingular: false
}

export const prediction: Prediction = {
  conditionIndex: 0,
  label: 'κ = 0.2',
  sweepValue: 0.2,
  diagnostics
}

export function sampleEnsemble(index: number): Ensemble {
  return {
    index,
    width: 200,
    conditionIndex: 0,
    label: 'κ = 0.2',
    finalLoss: 1e-3,
    agreement,
    wallTimeMs: 1234.5,
    trainingMs: 1200.5,
    flops: 3e9
  }
}

export const classified: DataTable = {
  inputNames: ['x', 'größe'],
  inputs: { values: Float64Array.of(0.1, -0, 5e-324, 1e308, 2, 3), rows: 3, columns: 2 },
  targets: { kind: 'classes', names: ['a', 'b'], labels: Int32Array.of(1, 0, 1) }
}

export function sampleDataset(table = classified, changes: Partial<NewDataset> = {}): NewDataset {
  return {
    name: 'flowers',
    table,
    origin: {
      fileName: 'flowers.csv',
      fileBytes: 123,
      fileSha256: 'ab'.repeat(32),
      importedAt: '2026-11-24T12:00:00.000Z',
      options: { label: 'kind' }
    },
    preparation: {
      inputScaling: 'sphere',
      radius: 1,
      targetScaling: 'none',
      testShare: 0.4,
      seed: 7
    },
    ...changes
  }
}

/** A study about to be queued, and what a part of it found. */
export const sampleStudy = {
  id: 'a-study',
  study: 'ill-posedness',
  size: 'quick' as const,
  parameters: { depths: [1, 2], data: { kind: 'circle' } },
  configHash: '0'.repeat(64),
  createdAt: '2026-11-24T12:00:00.000Z'
}

export function studyContent(id: string, runId: string): StudyContent {
  return {
    findings: [finding({ id, label: id, value: 0.1, standardError: 0.01 })],
    tables: [
      {
        ...{ id, title: id, columns: ['m', 'name'] },
        rows: [
          [1, 'x'],
          [null, 'y']
        ]
      }
    ],
    runIds: [runId]
  }
}
