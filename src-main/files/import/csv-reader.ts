import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { findDialect, type Dialect } from './dialect'
import {
  batchRows,
  numberedColumns,
  requireColumns,
  unreadable,
  type ReadColumn,
  type Row,
  type TableReader
} from './table-reader'

const SAMPLE_BYTES = 2 ** 16
/** A row longer than this is a quotation that nobody closed. */
const MAXIMUM_ROW_BYTES = 2 ** 24

/**
 * Opens a text file whose rows are lines and whose cells are separated by a delimiter.
 *
 * @param stated what of its dialect is known already
 * @throws {LabError} 'invalid-request' for an empty file, and for one that is not text in UTF-8
 */
export async function openCsv(
  path: string,
  name: string,
  stated: Partial<Dialect>
): Promise<TableReader> {
  const dialect = findDialect(await readSample(path, name), stated)
  const first = await firstRow(records(path, name, dialect.delimiter))
  if (!first) throw unreadable(name, 'has no rows')
  const columns: ReadColumn[] = dialect.header
    ? first.cells.map((cell, i) => ({
        name: String(cell).trim() || `column ${i + 1}`,
        group: null
      }))
    : numberedColumns(first.cells.length)
  requireColumns(name, columns)
  return {
    name,
    format: 'csv',
    columns,
    ...dialect,
    counted: 'line',
    batches: async function* () {
      let batch: Row[] = []
      let skip = dialect.header ? 1 : 0
      for await (const row of records(path, name, dialect.delimiter)) {
        if (skip-- > 0) continue
        batch.push(row)
        if (batch.length === batchRows(columns.length)) {
          yield batch
          batch = []
        }
      }
      yield batch
    }
  }
}

/** The file's first whole lines. */
async function readSample(path: string, name: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0)
    const sample = buffer.subarray(0, bytesRead)
    const [b0 = 0, b1 = 0] = sample
    if ((b0 === 0xff && b1 === 0xfe) || (b0 === 0xfe && b1 === 0xff)) {
      throw unreadable(name, 'is text in UTF-16: save it as UTF-8')
    }
    if (sample.includes(0)) throw unreadable(name, 'is not a text file')
    const end = bytesRead < SAMPLE_BYTES ? bytesRead : sample.lastIndexOf(10) + 1
    return sample.subarray(0, end || bytesRead).toString('utf8')
  } finally {
    await file.close()
  }
}

async function firstRow(rows: AsyncIterable<Row>): Promise<Row | null> {
  for await (const row of rows) return row
  return null
}

interface Record {
  readonly record: string[]
  readonly info: { readonly lines: number }
}

/** The file's rows by the number of their last line, the header among them. */
async function* records(path: string, name: string, delimiter: string): AsyncGenerator<Row> {
  const source = Readable.from(requireUtf8(createReadStream(path), name))
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    skip_empty_lines: true,
    max_record_size: MAXIMUM_ROW_BYTES
  })
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<Record>) {
      yield { number: info.lines, cells: record }
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(name, explain(error), error) : error
  } finally {
    source.destroy()
    parser.destroy()
  }
}

async function* requireUtf8(chunks: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (chunk: Buffer | undefined): void => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined })
    } catch (cause) {
      throw unreadable(name, 'is not text in UTF-8: save it so', cause)
    }
  }
  for await (const chunk of chunks) {
    decode(chunk)
    yield chunk
  }
  decode(undefined)
}

/** What is wrong with a file, in words that help to find it. */
function explain(error: CsvError): string {
  const { code, lines, record } = error as { code: string; lines?: number; record?: unknown }
  const line = `line ${lines ?? '?'}`
  switch (code) {
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
      return `has ${Array.isArray(record) ? record.length : 'other'} cells in ${line}, but the rows before have another number: make all rows equally long`
    case 'CSV_QUOTE_NOT_CLOSED':
      return `ends inside a quotation that begins in ${line} or before`
    case 'CSV_MAX_RECORD_SIZE':
      return `has a row of more than ${MAXIMUM_ROW_BYTES} bytes at ${line}: is a quotation not closed?`
    default:
      return `cannot be read at ${line}: ${error.message}`
  }
}
