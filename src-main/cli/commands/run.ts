import { existsSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { experimentSchema, type Experiment } from '@shared/design/experiment'
import { presetSchema } from '@shared/design/preset'
import { expandSweep, type SweepAxis } from '@shared/design/sweep'
import { LabError } from '@shared/protocol/errors'
import type { SweepForecast } from '@shared/protocol/sweeps'
import type { Engine } from '../../engine/engine'
import { listPresets } from '../../engine/presets'
import { withFollowOptions } from '../follow-options'
import { followRun, followRuns, type FollowOptions } from '../follow-run'
import { readJsonInput } from '../input'
import { parseSweepAxis } from '../sweep-option'

interface RunOptions extends FollowOptions {
  readonly seed?: number
  readonly sweep?: SweepAxis[]
  readonly group?: string
  readonly resume?: boolean
}

/** tangent run PRESET|FILE --session SESSION */
export function runCommand(): Command {
  const command = new Command('run')
    .description(
      'train an ensemble, predict it from its analytic kernel, compare, and store all of it'
    )
    .argument('<experiment>', 'a preset’s name, a JSON file with an experiment or preset, or -')
    .requiredOption(
      '--session <file>',
      'the .tangent file to store in; made where it does not exist'
    )
    .option('--seed <number>', 'another seed than the experiment’s', parseSeed)
    .option(
      '--sweep <parameter=values>',
      'a run for every value, such as seed=1..5; stated again, for every combination',
      parseSweepAxis
    )
    .option('--group <name>', 'what the runs of a sweep are filed under')
    .option(
      '--resume',
      'go on with the newest paused or interrupted run of this experiment; of a sweep, with all that are not finished'
    )
  return withFollowOptions(command)
    .addHelpText(
      'after',
      `
Presets: ${listPresets()
        .map(({ id }) => id)
        .join(', ')}

Examples:
  tangent run quick --session first.tangent --export figures
  tangent run figure-3 --session paper.tangent --seed 7 --json > figure-3.json
  tangent run figure-3 --session paper.tangent --resume
  tangent run quick --session sweeps.tangent --sweep seed=1..5 --sweep surrogate.m=1,5,25
  tangent run quick --session sweeps.tangent --sweep 'surrogate=[{"name":"triangular","a":2},{"name":"ste"}]'
Ctrl-C pauses the run; what is done is kept, and --resume goes on. A sweep goes on with --resume, or
with "tangent resume SESSION --queue".
A parameter is named by its path in the experiment or the end of it, as in searches.`
    )
    .action(async (name: string, options: RunOptions) => {
      const experiment = readExperiment(name, options.seed)
      const { sweep, group, resume } = options
      if (sweep) {
        // What is wrong with a sweep is said before TensorFlow is loaded.
        expandSweep(experiment, sweep)
        process.exitCode = await followRuns(options, (engine) =>
          startSweep(engine, experiment, sweep, group, resume ?? false)
        )
        return
      }
      if (group !== undefined) {
        throw new LabError('invalid-request', '--group goes with --sweep: add what to sweep')
      }
      process.exitCode = await followRun(options, async (engine) => {
        if (resume) return resumeOne(engine, experiment)
        await announce(engine, experiment)
        return (await engine.handle('run.start', { experiment })).runId
      })
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

/** Queues a sweep and says what is ahead; with `resume` only what the session lacks of it. */
async function startSweep(
  engine: Engine,
  experiment: Experiment,
  axes: SweepAxis[],
  group: string | undefined,
  resume: boolean
): Promise<string[]> {
  const expected = await engine.handle('sweep.forecast', { experiment, axes })
  if (expected) announceSweep(expected)
  const { runIds, presentIds } = await engine.handle('sweep.start', {
    ...{ experiment, axes, onlyMissing: resume },
    ...(group !== undefined && { group })
  })
  if (presentIds.length > 0) {
    process.stderr.write(
      `${presentIds.length} of ${presentIds.length + runIds.length} runs are finished already\n`
    )
  }
  return [...presentIds, ...runIds]
}

function announceSweep(expected: SweepForecast): void {
  const { runs, networks, flops, memoryBytes, diskBytes, estimatedSeconds, warnings } = expected
  const lines = [
    `forecast: ${runs} runs in the group “${expected.group}”, ${networks} networks, ` +
      `${flops.toExponential(1)} operations, ${Math.ceil(memoryBytes / 1e6)} MB for networks in ` +
      `training, ${Math.ceil(diskBytes / 1e6)} MB in the session, about ` +
      `${Math.ceil(estimatedSeconds)} s by estimate`,
    ...warnings.map(({ text, labels }) => {
      const others = labels.length > 1 ? ` and ${labels.length - 1} more` : ''
      return `warning: ${labels[0] ?? ''}${others}: ${text}`
    })
  ]
  process.stderr.write(lines.map((line) => `${line}\n`).join(''))
}

/** Says what is ahead before it begins. */
async function announce(engine: Engine, experiment: Experiment): Promise<void> {
  const { networks, flops, memoryBytes, estimatedSeconds, warnings } = await engine.handle(
    'experiment.forecast',
    { experiment }
  )
  const lines = [
    `forecast: ${networks} networks, ${flops.toExponential(1)} operations, ` +
      `${Math.ceil(memoryBytes / 1e6)} MB for networks in training, about ${Math.ceil(estimatedSeconds)} s by estimate`,
    ...warnings.map((warning) => `warning: ${warning}`)
  ]
  process.stderr.write(lines.map((line) => `${line}\n`).join(''))
}

/** Goes on with the newest run of this experiment that can go on. */
async function resumeOne(engine: Engine, experiment: Experiment): Promise<string> {
  const { runId } = await engine.handle('run.find-resumable', { experiment })
  if (runId === null) {
    throw new LabError(
      'not-found',
      '--resume: the session has no paused or interrupted run of this experiment and seed'
    )
  }
  await engine.handle('run.resume', { runId })
  return runId
}
