import { resolve } from 'node:path'
import { LabError } from '@shared/protocol/errors'
import { Engine, type EngineOptions } from '../engine/engine'
import type { EventListener } from '../engine/handlers'

/** How the commands that compute work. */
export interface ComputeOptions {
  /** The session's file. */
  readonly session: string
  readonly device?: 'cpu' | 'gpu'
  /** Bytes. */
  readonly memory?: number
  /** Seconds between two checkpoints. */
  readonly checkpoint?: number
}

/**
 * Works with an engine of its own in which the session is open, and closes it afterwards.
 *
 * @param listener is told of every event
 * @param work is told of Ctrl-C by the signal
 * @throws {LabError} 'invalid-request' where a GPU is asked for and none is in use
 */
export async function withEngine<Result>(
  options: ComputeOptions,
  listener: EventListener,
  work: (engine: Engine, stopping: AbortSignal) => Promise<Result>
): Promise<Result> {
  const engine = openEngine(options, listener)
  const stopping = new AbortController()
  const stop = (): void => {
    stopping.abort()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    await describeDevice(engine, options)
    await engine.handle('session.open', { path: resolve(options.session) })
    return await work(engine, stopping.signal)
  } finally {
    await engine.close()
  }
}

/** Calls back once the signal aborts, at once where it has. */
export function onAbort(signal: AbortSignal, callback: () => void): void {
  if (signal.aborted) callback()
  else signal.addEventListener('abort', callback)
}

function openEngine(
  { device, memory, checkpoint }: ComputeOptions,
  listener: EventListener
): Engine {
  // TensorFlow looks for GPUs when it is loaded, and never again.
  if (device === 'cpu') process.env['CUDA_VISIBLE_DEVICES'] = '-1'
  const settings: EngineOptions = {
    ...(memory !== undefined && { memoryBytes: memory }),
    ...(checkpoint !== undefined && { checkpointMs: 1000 * checkpoint })
  }
  return new Engine(listener, settings)
}

async function describeDevice(engine: Engine, { device: asked }: ComputeOptions): Promise<void> {
  const { device, gpu, tensorflowVersion } = await engine.handle('engine.describe', {})
  if (asked === 'gpu' && !gpu) {
    throw new LabError(
      'invalid-request',
      `--device gpu: TensorFlow uses no GPU here (${device}); "tangent doctor" says more`
    )
  }
  process.stderr.write(`computing on ${device}, TensorFlow ${tensorflowVersion}\n`)
}
