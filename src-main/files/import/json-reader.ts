import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { describeProblems } from '@shared/protocol/errors'
import { groupColumns } from './array-reader'
import { memoryReader } from './memory-reader'
import {
  numberedColumns,
  unreadable,
  type Cell,
  type ReadColumn,
  type TableReader
} from './table-reader'

/** JSON is read as a whole, and nothing else is done meanwhile; more belongs into CSV or NumPy files. */
const MAXIMUM_BYTES = 25_000_000

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()], {
  error: 'must be a number, a text, true, false or null'
})
const records = z.array(z.record(z.string(), cell)).min(1)
const rowList = z.array(z.array(cell)).min(1)
const columnLists = z.record(z.string(), z.union([z.array(cell), z.array(z.array(cell))]))

/**
 * Opens a JSON file with a list of objects, a list of rows, or an object of columns, of which each
 * may be a matrix.
 *
 * @throws {LabError} 'invalid-request' for other contents, and for rows that differ in what they have
 */
export async function openJson(path: string, name: string): Promise<TableReader> {
  const { size } = await stat(path)
  if (size > MAXIMUM_BYTES) {
    throw unreadable(name, `has ${size} bytes, more than the ${MAXIMUM_BYTES} that JSON may have`)
  }
  const { columns, rows } = tableOf(parseText(await readFile(path, 'utf8'), name), name)
  return memoryReader(name, 'json', columns, rows.length, (row) => rows[row] ?? [])
}

interface Table {
  readonly columns: ReadColumn[]
  readonly rows: readonly (readonly Cell[])[]
}

function parseText(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw unreadable(name, `is not JSON: ${why}`, cause)
  }
}

function tableOf(content: unknown, name: string): Table {
  if (!Array.isArray(content)) return fromColumns(checked(columnLists, content, name), name)
  if (content.every(Array.isArray)) return fromRows(checked(rowList, content, name), name)
  return fromRecords(checked(records, content, name), name)
}

function fromRecords(objects: z.infer<typeof records>, name: string): Table {
  const keys = Object.keys(objects[0] ?? {})
  const known = new Set(keys)
  const rows = objects.map((object, i) => {
    const surplus = Object.keys(object).find((key) => !known.has(key))
    if (surplus !== undefined) {
      throw unreadable(name, `has “${surplus}” in row ${i + 1}, but not in the first`)
    }
    return keys.map((key) => cellOf(object[key] ?? null))
  })
  return { columns: keys.map((key) => ({ name: key, group: null })), rows }
}

function fromRows(lists: z.infer<typeof rowList>, name: string): Table {
  const count = lists[0]?.length ?? 0
  lists.forEach((list, i) => {
    if (list.length !== count) {
      throw unreadable(name, `has ${list.length} cells in row ${i + 1}, but ${count} in the first`)
    }
  })
  return { columns: numberedColumns(count), rows: lists.map((list) => list.map(cellOf)) }
}

function fromColumns(lists: z.infer<typeof columnLists>, name: string): Table {
  const groups = Object.entries(lists).map(([group, list]) => {
    const table = list.every((entry): entry is z.infer<typeof cell>[] => Array.isArray(entry))
      ? list
      : list.map((entry) => [entry])
    const { columns, rows } = fromRows(table, `${group} in ${name}`)
    return { group, columns: groupColumns(group, columns.length), rows }
  })
  const [first] = groups
  for (const { group, rows } of groups) {
    if (rows.length !== first?.rows.length) {
      throw unreadable(
        name,
        `has ${rows.length} rows in “${group}”, but ${first?.rows.length ?? 0} in “${first?.group ?? ''}”`
      )
    }
  }
  return {
    columns: groups.flatMap(({ columns }) => columns),
    rows: (first?.rows ?? []).map((_, i) => groups.flatMap(({ rows }) => rows[i] ?? []))
  }
}

function checked<S extends z.ZodType>(schema: S, content: unknown, name: string): z.output<S> {
  const parsed = schema.safeParse(content)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  throw unreadable(
    name,
    'is no table (a list of objects, a list of rows, or an object of columns): ' +
      describeProblems(new z.ZodError(first ? [first] : []))
  )
}

function cellOf(value: z.infer<typeof cell>): Cell {
  if (value === null) return ''
  return typeof value === 'boolean' ? String(value) : value
}
