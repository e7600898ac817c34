import { LabError } from '../protocol/errors'
import { MAXIMUM_SWEEP_RUNS, type SweepValue } from './sweep'

const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['none', null]
])

/**
 * The values of a sweep's axis as people write them: numbers, words, true, false and none with commas
 * between them, ranges of whole numbers such as 1..5, or a list in JSON such as
 * [{"name": "triangular", "a": 2}, {"name": "ste"}].
 *
 * @returns values that the schema of axes is still to check, where they come from JSON
 * @throws {LabError} 'invalid-request' saying which part is not understood
 */
export function parseSweepValues(text: string): SweepValue[] {
  const list = text.trim()
  if (list.startsWith('[')) return jsonList(list)
  return list.split(',').flatMap((part): SweepValue[] => {
    const value = part.trim()
    if (value === '') refuse('a value is missing between two commas, or after the last')
    const range = /^(-?\d+)\.\.(-?\d+)$/.exec(value)
    return range ? wholeNumbers(Number(range[1]), Number(range[2])) : [plainValue(value)]
  })
}

function plainValue(text: string): SweepValue {
  const word = words.get(text)
  if (word !== undefined) return word
  const number = Number(text)
  return Number.isNaN(number) ? text : number
}

function wholeNumbers(first: number, last: number): number[] {
  const count = last - first + 1
  if (count < 1) refuse(`${first}..${last} goes down: state the smaller number first`)
  if (count > MAXIMUM_SWEEP_RUNS) {
    refuse(`${first}..${last} are ${count} values: a sweep has at most ${MAXIMUM_SWEEP_RUNS} runs`)
  }
  return Array.from({ length: count }, (_, i) => first + i)
}

function jsonList(text: string): SweepValue[] {
  try {
    return JSON.parse(text) as SweepValue[]
  } catch (cause) {
    return refuse(
      `the values are not JSON: ${cause instanceof Error ? cause.message : String(cause)}`
    )
  }
}

function refuse(message: string): never {
  throw new LabError('invalid-request', message)
}
