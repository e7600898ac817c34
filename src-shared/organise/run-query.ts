import { LabError } from '../protocol/errors'

/** How a field is compared: ":" finds a part of a text, "=" the whole of it. */
export type QueryOperator = ':' | '=' | '!=' | '<' | '<=' | '>' | '>='

/** One part of a query; a run has to fit all of them. */
export type QueryTerm = {
  /** Such runs are left out. */
  readonly negated: boolean
  /** Where it begins in the query, counted from 0. */
  readonly start: number
} & (
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'field'
      readonly field: string
      readonly operator: QueryOperator
      /** Alternatives: one of them has to fit. */
      readonly values: readonly string[]
    }
)

const separator = /\s*/y
const negation = /-/y
const fieldAndOperator = /([\p{L}_][\p{L}\p{N}_.]*)(!=|<=|>=|[:=<>])/uy
const quoted = /"([^"]*)"/y
const bareValue = /[^\s",]+/y
const bareText = /[^\s"]+/y
const comma = /,/y
const operatorFirst = /!=|<=|>=|[:=<>]/y

/**
 * Reads a query over runs, such as `baseline tag:paper width>=500 surrogate.name=erf_prime -seed=1,2`:
 * parts stand beside one another, "-" before a part excludes what fits it, commas separate
 * alternatives, quotation marks keep spaces together. An empty query has no parts.
 *
 * @throws {LabError} 'invalid-request' naming the character that is not understood
 */
export function parseRunQuery(query: string): QueryTerm[] {
  const reader = new Reader(query)
  const terms: QueryTerm[] = []
  reader.take(separator)
  while (!reader.isAtEnd()) {
    terms.push(readTerm(reader))
    reader.take(separator)
  }
  return terms
}

function readTerm(reader: Reader): QueryTerm {
  const start = reader.at
  const negated = reader.take(negation) !== null
  const field = reader.take(fieldAndOperator)
  if (field) {
    const [, name = '', operator] = field
    const values = readValues(reader, name)
    return {
      kind: 'field',
      field: name,
      operator: operator as QueryOperator,
      values,
      negated,
      start
    }
  }
  if (reader.take(operatorFirst)) reader.refuse('has no field before it, as in width>=500', start)
  const text = readText(reader, bareText)
  if (text === null) return reader.refuse('excludes nothing: put a part right after it', start)
  if (/^(AND|OR|NOT)$/.test(text)) {
    const advice =
      'parts beside one another all have to fit, alternatives are a list as in ' +
      'status=failed,cancelled, and - before a part excludes'
    reader.refuse(`is not needed: ${advice}`, start)
  }
  return { kind: 'text', text, negated, start }
}

function readValues(reader: Reader, field: string): string[] {
  const values: string[] = []
  do {
    const value = readText(reader, bareValue)
    if (value === null) return reader.refuse(`a value is missing after ${field}`)
    values.push(value)
  } while (reader.take(comma))
  return values
}

/** A text in quotation marks, or a bare one; null where there is neither. */
function readText(reader: Reader, bare: RegExp): string | null {
  const start = reader.at
  const text = reader.take(quoted)?.[1] ?? reader.take(bare)?.[0]
  if (text !== undefined) return text
  if (reader.take(/"/y)) reader.refuse('does not end: close the quotation mark', start)
  return null
}

/** Goes through a query from left to right. */
class Reader {
  at = 0

  constructor(private readonly query: string) {}

  isAtEnd(): boolean {
    return this.at >= this.query.length
  }

  /** What a sticky pattern finds here, null where it does not fit. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.query)
    if (found) this.at += found[0].length
    return found
  }

  /** @param start where the part begins that is wrong; left out: what is missing here is told */
  refuse(why: string, start?: number): never {
    throw queryError(this.query, why, start ?? this.at, start !== undefined)
  }
}

/** An error about a place in a query, and about the part that begins there if it quotes it. */
export function queryError(query: string, why: string, start: number, quotes = true): LabError {
  const place = `character ${start + 1} of the search`
  const part = quotes ? /^\S*/.exec(query.slice(start))?.[0] : undefined
  const subject = part ? `“${part}” at ${place}` : `At ${place}`
  return new LabError('invalid-request', `${subject} ${why}.`)
}
