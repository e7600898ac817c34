import { z } from 'zod'
import { columnsLike, columnsNamed } from '../comparison/columns-named'
import { configCells } from '../comparison/config-cells'
import { describeProblems, LabError } from '../protocol/errors'
import { experimentSchema, type Experiment, type SweepParameter } from './experiment'
import { finiteNumber } from './parameters'

/** More runs than this are no sweep that anybody looks through. */
export const MAXIMUM_SWEEP_RUNS = 500

const plainValue = z.union([finiteNumber, z.string().min(1), z.boolean(), z.null()])

/**
 * What a parameter is set to: a number, a word, true or false, none, or a whole object such as
 * {"name": "triangular", "a": 2} for a surrogate.
 */
const sweepValueSchema = z.union([plainValue, z.record(z.string(), plainValue)])
export type SweepValue = z.infer<typeof sweepValueSchema>

/** One parameter of a sweep and the values that it takes, in their order. */
export const sweepAxisSchema = z.strictObject({
  /** As in a search of runs: its path in the experiment's JSON, or the end of it where that is unique. */
  parameter: z.string().min(1, 'name a parameter'),
  values: z.array(sweepValueSchema).min(1, 'state at least one value').max(200)
})
export type SweepAxis = z.infer<typeof sweepAxisSchema>

/** The axes of a grid; the first varies slowest. */
export const sweepAxesSchema = z.array(sweepAxisSchema).min(1, 'state a parameter to sweep').max(6)

/** One run of a sweep. */
export interface SweepPoint {
  /** What tells it from the others, such as "m=4, seed=2". */
  readonly label: string
  readonly experiment: Experiment
}

type Json = Record<string, unknown>

/** An axis whose parameter is found in the experiment. */
interface PlacedAxis {
  readonly path: string
  readonly shortName: string
  readonly values: readonly SweepValue[]
}

/** What a name or kind chooses: surrogate = ste means {"name": "ste"}. */
const NAMING = /\.(name|kind)$/
/** How an experiment is called has no part in what it computes, and it has its own sweep. */
const NOT_SWEPT = /^(name|description|sweep)(\.|$)/

const ownSweepPaths: Record<SweepParameter, string> = {
  'activation.m': 'design.activation.m',
  'surrogate.m': 'surrogate.m',
  sigmaW: 'design.sigmaW',
  sigmaB: 'design.sigmaB',
  depthHidden: 'design.depthHidden',
  outputScale: 'design.outputScale'
}

/** How many runs a sweep has. */
export function sweepSize(axes: readonly SweepAxis[]): number {
  return axes.reduce((product, { values }) => product * values.length, 1)
}

/** What the runs of a sweep are filed under unless the user says otherwise, such as "Quick over m, seed". */
export function sweepGroup(base: Experiment, axes: readonly SweepAxis[]): string {
  const over = placedAxes(base, axes).map(({ shortName }) => shortName)
  const ending = ` over ${over.join(', ')}`
  return `${base.name.replaceAll('"', '').slice(0, 100 - ending.length)}${ending}`.slice(0, 100)
}

/**
 * The experiments of a sweep: the template with every combination of the axes' values, the last axis
 * varying fastest. Only what the axes name differs; the experiments keep the template's name.
 *
 * @throws {LabError} 'invalid-request' naming the axis or the combination that is wrong
 */
export function expandSweep(base: Experiment, axes: readonly SweepAxis[]): SweepPoint[] {
  const placed = placedAxes(base, axes)
  const size = sweepSize(axes)
  if (size > MAXIMUM_SWEEP_RUNS) {
    throw invalid(
      `the sweep has ${size} runs, but at most ${MAXIMUM_SWEEP_RUNS} are allowed: state fewer values`
    )
  }
  // A whole surrogate is put in place before its parameters are set, in whatever order they are stated.
  const template = JSON.stringify(base)
  const inOrderOfDepth = placed.toSorted((a, b) => depth(a.path) - depth(b.path))
  return Array.from({ length: size }, (_, place) => {
    const chosen = choice(placed, place)
    const label = placed
      .map((axis) => `${axis.shortName}=${valueLabel(chosen.get(axis) ?? null)}`)
      .join(', ')
    const changed = JSON.parse(template) as Json
    for (const axis of inOrderOfDepth) setAt(changed, axis.path, chosen.get(axis) ?? null, label)
    const parsed = experimentSchema.safeParse(changed)
    if (!parsed.success) throw invalid(`${label}: ${describeProblems(parsed.error)}`)
    return { label, experiment: parsed.data }
  })
}

/** The parameters of an experiment that a sweep can vary, by their paths. */
export function sweepablePaths(base: Experiment): string[] {
  return Object.keys(configCells(base))
    .filter((path) => !NOT_SWEPT.test(path))
    .map((path) => path.replace(NAMING, ''))
}

/** The axes with their paths. @throws {LabError} 'invalid-request' */
function placedAxes(base: Experiment, axes: readonly SweepAxis[]): PlacedAxis[] {
  const paths = sweepablePaths(base)
  const placed = axes.map(({ parameter, values }) => {
    const path = pathOf(base, parameter, paths)
    const texts = values.map((value) => JSON.stringify(value))
    const repeated = texts.find((text, i) => texts.indexOf(text) !== i)
    if (repeated !== undefined) throw invalid(`${parameter}: ${repeated} is stated twice`)
    return { path, shortName: shortName(path, paths), values }
  })
  const twice = placed.find(({ path }, i) => placed.findIndex((one) => one.path === path) !== i)
  if (twice) throw invalid(`${twice.path} is swept twice: state all its values on one axis`)
  const own = base.sweep && ownSweepPaths[base.sweep.parameter]
  const hidden = placed.find(({ path }) => path === own)
  if (hidden) {
    throw invalid(`the experiment itself sweeps ${hidden.path}: take its own sweep out first`)
  }
  return placed
}

function pathOf(base: Experiment, stated: string, paths: readonly string[]): string {
  const parameter = stated.replace(NAMING, '')
  const named = columnsNamed(parameter, paths)
  if (named.length === 1 && named[0] !== undefined) return named[0]
  if (named.length > 1) {
    throw invalid(`${parameter} is several parameters: say which of ${named.join(', ')} is meant`)
  }
  // A parameter that only some choices of another axis have, such as β of a surrogate.
  const [head = '', ...rest] = parameter.split('.')
  if (rest.length > 0 && Object.hasOwn(base, head) && !NOT_SWEPT.test(parameter)) return parameter
  throw invalid(
    `the experiment has no parameter ${parameter} to sweep: there are ${columnsLike(parameter, paths)}`
  )
}

/** The last part of a path where that says enough. */
function shortName(path: string, paths: readonly string[]): string {
  const last = path.split('.').at(-1) ?? path
  const same = paths.filter((other) => other.split('.').at(-1) === last)
  if (same.length <= 1 || path === last) return last
  return path.replace(/^design\./, '')
}

/** The values of the combination at a place of the grid. */
function choice(placed: readonly PlacedAxis[], place: number): Map<PlacedAxis, SweepValue> {
  let rest = place
  return new Map(
    placed.toReversed().map((axis) => {
      const { length } = axis.values
      const value = axis.values[rest % length] ?? null
      rest = Math.floor(rest / length)
      return [axis, value]
    })
  )
}

function setAt(experiment: Json, path: string, value: SweepValue, label: string): void {
  const parts = path.split('.')
  const last = parts.pop() ?? ''
  let holder: unknown = experiment
  // Layers count from 1, as in searches.
  for (const part of parts) holder = isRecord(holder) ? holder[keyOf(holder, part)] : undefined
  if (!isRecord(holder))
    throw invalid(`${label}: there is no ${parts.join('.')} that has a ${last}`)
  const key = keyOf(holder, last)
  holder[key] = settingOf(holder[key], value, path)
}

/** A value as it stands in the JSON: names choose whole objects, one width is a list of widths. */
function settingOf(before: unknown, value: SweepValue, path: string): unknown {
  if (Array.isArray(before) && typeof value === 'number') return [value]
  if (typeof value !== 'string') return value
  const naming = path === 'optimiser' || path === 'data' ? 'kind' : 'name'
  const isNamed = isRecord(before) ? naming in before : path === 'surrogate'
  if (!isNamed) return value
  // Its own parameters stay where the name does.
  return isRecord(before) && before[naming] === value ? before : { [naming]: value }
}

function keyOf(holder: Json, part: string): string {
  return Array.isArray(holder) ? String(Number(part) - 1) : part
}

function valueLabel(value: SweepValue): string {
  if (value === null) return 'none'
  if (typeof value !== 'object') return String(value)
  const { name, kind, ...rest } = value
  const parameters = Object.entries(rest).map(([key, one]) => `${key} ${String(one)}`)
  return [String(name ?? kind ?? ''), ...parameters].join(' ').trim()
}

function depth(path: string): number {
  return path.split('.').length
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null
}

function invalid(message: string): LabError {
  return new LabError('invalid-request', message)
}
