import type { Matrix } from '@shared/design/dataset'

/** What a report may hold: JSON's values, typed arrays and matrices, which become nested lists. */
export type Reportable =
  | null
  | boolean
  | number
  | string
  | Float64Array
  | Matrix
  | readonly Reportable[]
  | { readonly [key: string]: Reportable }

/** Characters that are gathered before they are written: a large kernel never is one string. */
const PIECE = 1 << 16

/**
 * Writes a report as one line of JSON to standard output, numbers with all digits that tell them
 * apart. JSON has no infinities: they are the texts "inf" and "-inf", and not-a-number is "nan".
 */
export function writeJsonLine(report: Reportable): void {
  let pending = ''
  for (const piece of jsonPieces(report)) {
    pending += piece
    if (pending.length >= PIECE) {
      process.stdout.write(pending)
      pending = ''
    }
  }
  process.stdout.write(`${pending}\n`)
}

function* jsonPieces(value: Reportable): Generator<string> {
  if (typeof value === 'number') yield jsonNumber(value)
  else if (value === null || typeof value !== 'object') yield JSON.stringify(value)
  else if (value instanceof Float64Array) yield `[${Array.from(value, jsonNumber).join(',')}]`
  else if (isMatrix(value)) {
    for (let i = 0; i < value.rows; i++) {
      yield i === 0 ? '[' : ','
      yield* jsonPieces(value.values.subarray(i * value.columns, (i + 1) * value.columns))
    }
    yield ']'
  } else if (Array.isArray(value)) {
    const entries = value as readonly Reportable[]
    yield '['
    for (const [i, entry] of entries.entries()) {
      if (i > 0) yield ','
      yield* jsonPieces(entry)
    }
    yield ']'
  } else {
    let separator = '{'
    for (const [key, entry] of Object.entries(value as Record<string, Reportable>)) {
      yield `${separator}${JSON.stringify(key)}:`
      yield* jsonPieces(entry)
      separator = ','
    }
    yield separator === '{' ? '{}' : '}'
  }
}

function isMatrix(value: object): value is Matrix {
  return 'values' in value && value.values instanceof Float64Array && 'columns' in value
}

function jsonNumber(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '0' : String(value)
  if (Number.isNaN(value)) return '"nan"'
  return value > 0 ? '"inf"' : '"-inf"'
}
