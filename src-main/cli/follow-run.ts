import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineEvent } from '@shared/protocol/channels'
import { isResumable, isUnderWay, type RunDetail } from '@shared/protocol/results'
import { runFileName } from '@shared/protocol/run-file-name'
import type { Engine } from '../engine/engine'
import { defaultAppearance, exportFigures, figureFormats } from '../export/figure-files'
import { exitCodes } from './failure'
import { allowedKinds, type FigureKindFlag } from './figure-kind-option'
import { writeJson, writeLines, writeWarnings } from './output'
import { describeRunProgress, ProgressBar } from './progress-bar'
import { writeRun } from './run-report'
import { writeRunTable } from './run-table'
import { onAbort, withEngine, type ComputeOptions } from './with-engine'

/** What the commands that compute runs have in common. */
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
export function followRun(
  options: FollowOptions,
  begin: (engine: Engine) => Promise<string>
): Promise<number> {
  return follow(
    options,
    async (engine) => [await begin(engine)],
    async (engine, [run]) => {
      if (!run) return exitCodes.failed
      if (options.json) writeJson(run)
      else writeRun(run)
      if (options.export) await exportRun(engine, run, options.export, options)
      return exitCode(run)
    }
  )
}

/**
 * Computes several runs one after another, as followRun does one; Ctrl-C interrupts the one that is
 * computed, and the session keeps the rest of the queue. Figures go into a folder a run.
 *
 * @param begin queues the runs and answers the ids of all that are to be reported, in order
 */
export function followRuns(
  options: FollowOptions,
  begin: (engine: Engine) => Promise<readonly string[]>
): Promise<number> {
  return follow(options, begin, async (engine, runs) => {
    if (options.json) writeJson(runs)
    else writeRunTable(runs)
    for (const run of runs) {
      const { export: folder } = options
      if (folder) await exportRun(engine, run, join(folder, runFileName(run)), options)
    }
    const stopped = runs.filter(({ status }) => isUnderWay(status) || isResumable(status))
    if (stopped.length > 0) {
      process.stderr.write(
        `tangent: stopped with ${stopped.length} of ${runs.length} runs not done; ` +
          '"tangent resume SESSION --queue" goes on with them.\n'
      )
      return exitCodes.interrupted
    }
    return Math.max(exitCodes.done, ...runs.map(exitCode))
  })
}

async function follow(
  options: FollowOptions,
  begin: (engine: Engine) => Promise<readonly string[]>,
  report: (engine: Engine, runs: readonly RunDetail[]) => Promise<number>
): Promise<number> {
  // Made before the long work, so that a mistyped folder fails at once.
  if (options.export) mkdirSync(options.export, { recursive: true })
  const bar = new ProgressBar()
  let order: readonly string[] = []
  return withEngine(
    options,
    (event, payload) => {
      if (event !== 'run.progress') return
      const progress = payload as EngineEvent<'run.progress'>
      const before = order.length > 1 ? Math.max(0, order.indexOf(progress.runId)) : 0
      const count = Math.max(1, order.length)
      const which = count > 1 ? `run ${before + 1}/${count}: ` : ''
      bar.show((before + progress.fraction) / count, which + describeRunProgress(progress))
    },
    async (engine, stopping) => {
      order = await begin(engine)
      onAbort(stopping, () => void stop(engine, order))
      await engine.idle()
      bar.stop()
      const finished: RunDetail[] = []
      for (const runId of order) finished.push(await engine.handle('run.show', { runId }))
      return report(engine, finished)
    }
  ).finally(() => {
    bar.stop()
  })
}

/** Pauses a single run; of several, the one that is computed is interrupted and the others stay queued. */
async function stop(engine: Engine, [runId = '', ...others]: readonly string[]): Promise<void> {
  if (others.length > 0) await engine.stop()
  // It may have ended by itself just now, which is as good.
  else await engine.handle('run.pause', { runId }).catch(() => undefined)
}

async function exportRun(
  engine: Engine,
  run: RunDetail,
  folder: string,
  options: FollowOptions
): Promise<void> {
  if (run.ensembles.length === 0) return
  mkdirSync(folder, { recursive: true })
  const offers = await engine.handle('figure.offer', {
    ...{ runId: run.id, step: null },
    ensembleIndex: run.ensembles[0]?.index ?? 0
  })
  const { kinds, leftOut } = allowedKinds(offers, options)
  writeWarnings(...leftOut)
  const files = await exportFigures(
    (request) => engine.handle('figure.render', request),
    run,
    folder,
    { kinds, appearance: defaultAppearance, formats: figureFormats }
  )
  // With --json standard output is JSON alone.
  const lines = files.map((file) => `wrote ${file}`)
  if (options.json) writeWarnings(...lines)
  else writeLines('', ...lines)
}

function exitCode({ id, name, status, problem }: RunDetail): number {
  if (status === 'completed') return exitCodes.done
  if (isResumable(status)) {
    process.stderr.write(
      `tangent: stopped; what was done is kept. "tangent resume SESSION ${id.slice(0, 8)}" goes on.\n`
    )
    return exitCodes.interrupted
  }
  process.stderr.write(`tangent: the run “${name}” ${status}: ${problem ?? ''}\n`)
  return exitCodes.failed
}
