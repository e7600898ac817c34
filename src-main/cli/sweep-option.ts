import { InvalidArgumentError } from 'commander'
import { MAXIMUM_SWEEP_RUNS, sweepAxisSchema, type SweepAxis } from '@shared/design/sweep'
import { describeProblems } from '@shared/protocol/errors'

const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['none', null]
])

/**
 * One axis of a sweep from such as "seed=1..5", "surrogate.beta=1,5,25" or
 * 'surrogate=[{"name":"triangular","a":2},{"name":"ste"}]', added to those before it.
 */
export function parseSweepAxis(text: string, before: readonly SweepAxis[] = []): SweepAxis[] {
  const equals = text.indexOf('=')
  if (equals < 1) refuse('a sweep is a parameter and its values, such as seed=1..5.')
  const axis = sweepAxisSchema.safeParse({
    parameter: text.slice(0, equals).trim(),
    values: valuesOf(text.slice(equals + 1).trim())
  })
  if (axis.success) return [...before, axis.data]
  return refuse(`${describeProblems(axis.error)}.`)
}

function valuesOf(text: string): unknown {
  if (text.startsWith('[')) return jsonList(text)
  return text.split(',').flatMap((part) => {
    const value = part.trim()
    if (value === '') return refuse('a value is missing between two commas, or after the last.')
    const range = /^(-?\d+)\.\.(-?\d+)$/.exec(value)
    return range ? wholeNumbers(Number(range[1]), Number(range[2])) : [plainValue(value)]
  })
}

function plainValue(text: string): unknown {
  const word = words.get(text)
  if (word !== undefined) return word
  const number = Number(text)
  return Number.isNaN(number) ? text : number
}

function wholeNumbers(first: number, last: number): number[] {
  const count = last - first + 1
  if (count < 1) refuse(`${first}..${last} goes down: state the smaller number first.`)
  if (count > MAXIMUM_SWEEP_RUNS) {
    refuse(`${first}..${last} are ${count} values: a sweep has at most ${MAXIMUM_SWEEP_RUNS} runs.`)
  }
  return Array.from({ length: count }, (_, i) => first + i)
}

function jsonList(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    return refuse(
      `the values are not JSON: ${cause instanceof Error ? cause.message : String(cause)}.`
    )
  }
}

function refuse(message: string): never {
  throw new InvalidArgumentError(message)
}
