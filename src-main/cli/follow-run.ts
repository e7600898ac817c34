import { mkdirSync } from 'node:fs'
import type { EngineEvent } from '@shared/protocol/channels'
import { isResumable, type RunDetail } from '@shared/protocol/results'
import type { Engine } from '../engine/engine'
import { defaultAppearance, exportFigures, figureFormats } from '../export/figure-files'
import { exitCodes } from './failure'
import { allowedKinds, type FigureKindFlag } from './figure-kind-option'
import { writeJson, writeLines, writeWarnings } from './output'
import { describeRunProgress, ProgressBar } from './progress-bar'
import { writeRun } from './run-report'
import { onAbort, withEngine, type ComputeOptions } from './with-engine'

/** What the commands that compute a run have in common. */
export interface FollowOptions extends ComputeOptions, FigureKindFlag {
  /** A folder for the figures. */
  readonly export?: string
  readonly json?: boolean
}

/**
 * Computes a run to its end in an engine of its own, showing its progress; Ctrl-C pauses it.
 *
 * @param begin starts or resumes the run in the opened session and answers its id
 * @returns the exit code
 */
export async function followRun(
  options: FollowOptions,
  begin: (engine: Engine) => Promise<string>
): Promise<number> {
  // Made before the long work, so that a mistyped folder fails at once.
  if (options.export) mkdirSync(options.export, { recursive: true })
  const bar = new ProgressBar()
  return withEngine(
    options,
    (event, payload) => {
      if (event !== 'run.progress') return
      const progress = payload as EngineEvent<'run.progress'>
      bar.show(progress.fraction, describeRunProgress(progress))
    },
    async (engine, stopping) => {
      const runId = await begin(engine)
      onAbort(stopping, () => {
        // It may have ended by itself just now, which is as good.
        void engine.handle('run.pause', { runId }).catch(() => undefined)
      })
      await engine.idle()
      bar.stop()
      const finished = await engine.handle('run.show', { runId })
      await report(engine, finished, options)
      return exitCode(finished)
    }
  ).finally(() => {
    bar.stop()
  })
}

async function report(engine: Engine, run: RunDetail, options: FollowOptions): Promise<void> {
  if (options.json) writeJson(run)
  else writeRun(run)
  if (!options.export || run.ensembles.length === 0) return
  const offers = await engine.handle('figure.offer', {
    ...{ runId: run.id, step: null },
    ensembleIndex: run.ensembles[0]?.index ?? 0
  })
  const { kinds, leftOut } = allowedKinds(offers, options)
  writeWarnings(...leftOut)
  const files = await exportFigures(
    (request) => engine.handle('figure.render', request),
    run,
    options.export,
    { kinds, appearance: defaultAppearance, formats: figureFormats }
  )
  // With --json standard output is JSON alone.
  const lines = files.map((file) => `wrote ${file}`)
  if (options.json) writeWarnings(...lines)
  else writeLines('', ...lines)
}

function exitCode({ id, status, problem }: RunDetail): number {
  if (status === 'completed') return exitCodes.done
  if (isResumable(status)) {
    process.stderr.write(
      `tangent: stopped; what was done is kept. "tangent resume SESSION ${id.slice(0, 8)}" goes on.\n`
    )
    return exitCodes.interrupted
  }
  process.stderr.write(`tangent: the run ${status}: ${problem ?? ''}\n`)
  return exitCodes.failed
}
