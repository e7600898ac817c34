import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { EngineEvent, EngineEventName } from '@shared/protocol/channels'
import { LabError } from '@shared/protocol/errors'
import { isResumable, type RunDetail } from '@shared/protocol/results'
import { Engine, type EngineOptions } from '../engine/engine'
import { exportFigures } from '../export/figure-files'
import { exitCodes } from './failure'
import { writeJson, writeLines } from './output'
import { ProgressBar } from './progress-bar'
import { writeRun } from './run-report'

/** What the commands that compute a run have in common. */
export interface FollowOptions {
  /** The session's file. */
  readonly session: string
  /** A folder for the figures. */
  readonly export?: string
  readonly json?: boolean
  readonly device?: 'cpu' | 'gpu'
  /** Bytes. */
  readonly memory?: number
  /** Seconds between two checkpoints. */
  readonly checkpoint?: number
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
  const bar = { current: null as ProgressBar | null }
  const engine = openEngine(options, (event, payload) => {
    if (event === 'run.progress') bar.current?.show(payload as EngineEvent<'run.progress'>)
  })
  const stopping = new AbortController()
  const stop = (): void => {
    stopping.abort()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    await describeDevice(engine, options)
    await engine.handle('session.open', { path: resolve(options.session) })
    const runId = await begin(engine)
    bar.current = new ProgressBar()
    const pause = (): void => {
      // It may have ended by itself just now, which is as good.
      void engine.handle('run.pause', { runId }).catch(() => undefined)
    }
    if (stopping.signal.aborted) pause()
    else stopping.signal.addEventListener('abort', pause)
    await engine.idle()
    bar.current.stop()
    const finished = await engine.handle('run.show', { runId })
    await report(engine, finished, options)
    return exitCode(finished)
  } finally {
    bar.current?.stop()
    await engine.close()
  }
}

function openEngine(
  { device, memory, checkpoint }: FollowOptions,
  listener: ConstructorParameters<typeof Engine>[0]
): Engine {
  // TensorFlow looks for GPUs when it is loaded, and never again.
  if (device === 'cpu') process.env['CUDA_VISIBLE_DEVICES'] = '-1'
  const settings: EngineOptions = {
    ...(memory !== undefined && { memoryBytes: memory }),
    ...(checkpoint !== undefined && { checkpointMs: 1000 * checkpoint })
  }
  return new Engine(<E extends EngineEventName>(event: E, payload: EngineEvent<E>) => {
    listener(event, payload)
  }, settings)
}

/** @throws {LabError} 'invalid-request' where a GPU is asked for and none is in use */
async function describeDevice(engine: Engine, { device: asked }: FollowOptions): Promise<void> {
  const { device, gpu, tensorflowVersion } = await engine.handle('engine.describe', {})
  if (asked === 'gpu' && !gpu) {
    throw new LabError(
      'invalid-request',
      `--device gpu: TensorFlow uses no GPU here (${device}); "tangent doctor" says more`
    )
  }
  process.stderr.write(`computing on ${device}, TensorFlow ${tensorflowVersion}\n`)
}

async function report(engine: Engine, run: RunDetail, options: FollowOptions): Promise<void> {
  if (options.json) writeJson(run)
  else writeRun(run)
  if (!options.export || run.ensembles.length === 0) return
  const files = await exportFigures(
    (request) => engine.handle('figure.render', request),
    run,
    options.export
  )
  // With --json standard output is JSON alone.
  const lines = files.map((file) => `wrote ${file}`)
  if (options.json) process.stderr.write(lines.map((line) => `${line}\n`).join(''))
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
