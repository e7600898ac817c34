import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { experimentSchema, type Experiment } from '@shared/design/experiment'
import { presetSchema } from '@shared/design/preset'
import type { EngineEvent, EngineEventName } from '@shared/protocol/channels'
import { LabError } from '@shared/protocol/errors'
import type { RunDetail } from '@shared/protocol/results'
import { Engine } from '../../engine/engine'
import { listPresets } from '../../engine/presets'
import { exportRun } from '../export-run'
import { exitCodes } from '../failure'
import { readJsonInput } from '../input'
import { writeJson, writeLines } from '../output'
import { ProgressBar } from '../progress-bar'
import { writeRun } from '../run-report'

interface RunOptions {
  readonly session: string
  readonly export?: string
  readonly seed?: number
  readonly json?: boolean
}

/** tangent run PRESET|FILE --session SESSION */
export function runCommand(): Command {
  return new Command('run')
    .description(
      'train an ensemble, predict it from its analytic kernel, compare, and store all of it'
    )
    .argument('<experiment>', 'a preset’s name, a JSON file with an experiment or preset, or -')
    .requiredOption(
      '--session <file>',
      'the .tangent file to store in; made where it does not exist'
    )
    .option('--export <folder>', 'write the figures and a summary there')
    .option('--seed <number>', 'another seed than the experiment’s', parseSeed)
    .option('--json', 'the finished run as JSON')
    .addHelpText(
      'after',
      `
Presets: ${listPresets()
        .map(({ id }) => id)
        .join(', ')}

Examples:
  tangent run quick --session first.tangent --export figures
  tangent run figure-3 --session paper.tangent --seed 7 --json > figure-3.json
Ctrl-C stops the run; what is done is kept.`
    )
    .action(async (name: string, options: RunOptions) => {
      process.exitCode = await run(readExperiment(name, options.seed), options)
    })
}

function parseSeed(text: string): number {
  const seed = Number(text)
  if (Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff) return seed
  throw new InvalidArgumentError('a seed is a whole number from 0 to 4294967295.')
}

/** @throws {LabError} 'not-found' for neither a preset nor a file */
function readExperiment(name: string, seed: number | undefined): Experiment {
  const preset = listPresets().find(({ id }) => id === name)
  const experiment = preset ? preset.experiment : experimentFromFile(name)
  return seed === undefined ? experiment : { ...experiment, seed }
}

function experimentFromFile(path: string): Experiment {
  if (path !== '-' && !existsSync(path)) {
    const presets = listPresets().map(({ id }) => id)
    throw new LabError(
      'not-found',
      `${path} is neither a file nor a preset (${presets.join(', ')})`
    )
  }
  const content = readJsonInput(path, z.looseObject({}))
  return 'experiment' in content
    ? presetSchema.parse(content).experiment
    : experimentSchema.parse(content)
}

async function run(experiment: Experiment, options: RunOptions): Promise<number> {
  // Made before the long work, so that a mistyped folder fails at once.
  if (options.export) mkdirSync(options.export, { recursive: true })
  const bar = { current: null as ProgressBar | null }
  const engine = new Engine(<E extends EngineEventName>(event: E, payload: EngineEvent<E>) => {
    if (event === 'run.progress') bar.current?.show(payload as EngineEvent<'run.progress'>)
  })
  const stopping = new AbortController()
  const stop = (): void => {
    stopping.abort()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    const { device, tensorflowVersion } = await engine.handle('engine.describe', {})
    process.stderr.write(`computing on ${device}, TensorFlow ${tensorflowVersion}\n`)
    await engine.handle('session.open', { path: resolve(options.session) })
    bar.current = new ProgressBar()
    const { runId } = await engine.handle('run.start', { experiment })
    const cancel = (): void => {
      // It may have ended by itself just now, which is as good.
      void engine.handle('run.cancel', { runId }).catch(() => undefined)
    }
    if (stopping.signal.aborted) cancel()
    else stopping.signal.addEventListener('abort', cancel)
    await engine.idle()
    bar.current.stop()
    const finished = await engine.handle('run.show', { runId })
    if (options.json) writeJson(finished)
    else writeRun(finished)
    if (options.export && finished.ensembles.length > 0) {
      const files = await exportRun(engine, finished, options.export)
      // With --json standard output is JSON alone.
      const lines = files.map((file) => `wrote ${file}`)
      if (options.json) process.stderr.write(lines.map((line) => `${line}\n`).join(''))
      else writeLines('', ...lines)
    }
    return exitCode(finished)
  } finally {
    bar.current?.stop()
    await engine.close()
  }
}

function exitCode(finished: RunDetail): number {
  if (finished.status === 'completed') return exitCodes.done
  if (finished.status === 'cancelled') {
    process.stderr.write('tangent: stopped; what was finished is kept in the session\n')
    return exitCodes.interrupted
  }
  process.stderr.write(`tangent: the run ${finished.status}: ${finished.problem ?? ''}\n`)
  return exitCodes.failed
}
