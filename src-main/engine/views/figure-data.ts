import type { TableSource } from '@shared/design/datasets/table'
import { calibrationFigure } from '@shared/figures/calibration-figure'
import { confusionFigure } from '@shared/figures/confusion-figure'
import { decisionMapFigure } from '@shared/figures/decision-map-figure'
import { figureKinds, figureSource, runFacts, runFigureKinds } from '@shared/figures/figure-kinds'
import type { OfferedFigure } from '@shared/figures/figure-request'
import type { FigureSource, SourceOf } from '@shared/figures/figure-source'
import { functionFigure } from '@shared/figures/function-figure'
import { functionsFigure } from '@shared/figures/functions-figure'
import { kernelDriftFigure } from '@shared/figures/kernel-drift-figure'
import { kernelErrorFigure } from '@shared/figures/kernel-error-figure'
import { kernelMapFigure } from '@shared/figures/kernel-map-figure'
import { kernelSlicesFigure } from '@shared/figures/kernel-slices-figure'
import { lossFigure } from '@shared/figures/loss-figure'
import { lossesFigure } from '@shared/figures/losses-figure'
import { lossesOverlayFigure } from '@shared/figures/losses-overlay-figure'
import { overlayFigure } from '@shared/figures/overlay-figure'
import type { Plot } from '@shared/figures/plot'
import { pooledKernelErrorFigure } from '@shared/figures/pooled-kernel-error-figure'
import { residualModesFigure } from '@shared/figures/residual-modes-figure'
import { resultsFigure } from '@shared/figures/results-figure'
import { spectrumFigure } from '@shared/figures/spectrum-figure'
import { weightMovementFigure } from '@shared/figures/weight-movement-figure'
import { zScoresFigure } from '@shared/figures/z-scores-figure'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import type { Session } from '../../session/session'
import { inTurns } from '../turns'
import { confusionView, decisionMapView } from './class-views'
import { pooledKernelErrorView, resultsView } from './compared-views'
import { calibrationView, weightMovementView, zScoresView } from './ensemble-views'
import { functionView } from './function-view'
import { kernelDriftView, kernelErrorView, kernelMapView, kernelSlicesView } from './kernel-views'
import { lossView } from './loss-view'
import { residualModesView, spectrumView } from './mode-views'
import { RunReader } from './run-reader'
import type { EnsembleResults } from './run-arrays'

/** What figures are made from. */
export interface FigureContext {
  readonly session: Session
  readonly tables: TableSource
  /** Loaded when it is needed. */
  readonly algebra: () => LinearAlgebra
  /** One ensemble's results, kept for the next figure. */
  readonly results: (runId: string, ensembleIndex: number) => EnsembleResults
}

/**
 * The figure that a source stands for, as plain data.
 *
 * @throws {LabError} 'not-found' for a run, ensemble or step that is not there; 'invalid-request' where
 *   the run has no data for the figure
 */
export async function figureData(source: FigureSource, context: FigureContext): Promise<Plot> {
  const { session, tables, algebra } = context
  const reader = (runId: string): RunReader => new RunReader(session, tables, runId)
  const never = new AbortController().signal
  switch (source.kind) {
    case 'function': {
      const { runId, ensembleIndex, step, members, input, ensembleDeviation } = source
      const results = context.results(runId, ensembleIndex)
      const view = functionView(results, ensembleIndex, step, members, input)
      return functionFigure(view, { ensembleDeviation })
    }
    case 'functions':
      return functionsOf(source, context, reader(source.runId))
    case 'overlay':
      return overlayFigure(
        source.ensembles.map(({ runId, ensembleIndex }) => {
          const results = context.results(runId, ensembleIndex)
          const view = functionView(results, ensembleIndex, source.step, 0, source.input)
          return { ...view, seed: results.run.seed }
        })
      )
    case 'loss':
      return lossFigure(
        lossView(context.results(source.runId, source.ensembleIndex), source.ensembleIndex)
      )
    case 'losses-overlay':
      return lossesOverlayFigure(
        source.ensembles.map(({ runId, ensembleIndex }) => {
          const results = context.results(runId, ensembleIndex)
          return { ...lossView(results, ensembleIndex), seed: results.run.seed }
        })
      )
    case 'results':
      return resultsFigure(resultsView(session, source))
    case 'kernel-errors':
      return pooledKernelErrorFigure(pooledKernelErrorView(source.runIds.map(reader)))
    case 'losses': {
      const { origin, grid, ensembles } = reader(source.runId)
      return lossesFigure({
        ...origin,
        conditions: grid.conditions,
        ensembles: ensembles.map(({ index, row }) => ({
          ...lossView(context.results(source.runId, index), index),
          row
        }))
      })
    }
    case 'kernel-slices':
      return kernelSlicesFigure(kernelSlicesView(reader(source.runId), source.trainingPoint))
    case 'kernel-map':
      return kernelMapFigure(kernelMapView(reader(source.runId), source.ensembleIndex, source.step))
    case 'kernel-error':
      return kernelErrorFigure(kernelErrorView(reader(source.runId)))
    case 'kernel-drift':
      return kernelDriftFigure(kernelDriftView(reader(source.runId)))
    case 'spectrum':
      return spectrumFigure(spectrumView(reader(source.runId), algebra()))
    case 'z-scores':
      return zScoresFigure(zScoresView(reader(source.runId), source.ensembleIndex))
    case 'calibration':
      return calibrationFigure(
        calibrationView(reader(source.runId), source.ensembleIndex, source.step)
      )
    case 'residual-modes':
      return residualModesFigure(residualModesView(reader(source.runId), source.ensembleIndex))
    case 'weight-movement':
      return weightMovementFigure(weightMovementView(reader(source.runId)))
    case 'confusion': {
      const view = confusionView(reader(source.runId), source.ensembleIndex, source.step)
      return confusionFigure(await inTurns(view, never))
    }
    case 'decision-map': {
      const { runId, ensembleIndex, step } = source
      const view = decisionMapView(reader(runId), ensembleIndex, step, algebra())
      return decisionMapFigure(await inTurns(view, never))
    }
  }
}

/** All widths and conditions of a run as small multiples. */
function functionsOf(
  { runId, step, members, input }: SourceOf<'functions'>,
  { results }: FigureContext,
  { origin, grid, ensembles }: RunReader
): Plot {
  const panels = ensembles.map(({ index, row, column }) => ({
    ...{ row, column },
    view: functionView(results(runId, index), index, step, members, input)
  }))
  return functionsFigure({
    ...origin,
    grid,
    step: panels[0]?.view.step ?? step ?? 0,
    panels
  })
}

/** Every kind of figure for one ensemble and step of a run, with why the run's data do not allow it. */
export function offeredFigures(
  { session, tables }: FigureContext,
  runId: string,
  ensembleIndex: number,
  step: number | null
): OfferedFigure[] {
  const { run, data, ensembles } = new RunReader(session, tables, runId)
  const facts = runFacts(run, ensembles.length, data)
  return runFigureKinds.map((kind) => ({
    source: figureSource(kind, runId, ensembleIndex, step),
    objection: figureKinds[kind].objection(facts)
  }))
}
