import { ByteWriter, ParquetWriter } from 'hyparquet-writer'

type Cell = number | string | boolean | null

/** Rows that are compressed together, and in memory at once. */
const GROUP = 100_000

/**
 * A table as a Parquet file: numbers are doubles, cells may be empty.
 *
 * @param rows are asked for as the bytes are read. A column's type is that of its first cells
 */
export function* parquetBytes(
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>
): Generator<Uint8Array> {
  const bytes = new ByteWriter()
  let file: ParquetWriter | null = null
  for (const group of groups(columns.length, rows)) {
    file ??= new ParquetWriter({
      writer: bytes,
      schema: [
        { name: 'root', num_children: columns.length },
        ...columns.map((name, c) => ({
          name,
          repetition_type: 'OPTIONAL' as const,
          ...cellType(group[c] ?? [])
        }))
      ],
      createdBy: 'Tangent Lab'
    })
    const columnData = columns.map((name, c) => ({ name, data: group[c] ?? [] }))
    void file.write({ columnData, rowGroupSize: GROUP })
    yield taken(bytes)
  }
  void file?.finish()
  yield taken(bytes)
}

/** The rows column by column, a group at a time; one empty group where there are none. */
function* groups(count: number, rows: Iterable<readonly Cell[]>): Generator<Cell[][]> {
  const empty = (): Cell[][] => Array.from({ length: count }, () => [])
  let group = empty()
  let size = 0
  let any = false
  for (const row of rows) {
    group.forEach((column, c) => column.push(row[c] ?? null))
    any = true
    if (++size < GROUP) continue
    yield group
    group = empty()
    size = 0
  }
  if (size > 0 || !any) yield group
}

function cellType(cells: readonly Cell[]) {
  const first = cells.find((cell) => cell !== null)
  if (typeof first === 'string') {
    return { type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const }
  }
  return { type: typeof first === 'boolean' ? ('BOOLEAN' as const) : ('DOUBLE' as const) }
}

/** What was written since the last time; the writer goes on counting. */
function taken(bytes: ByteWriter): Uint8Array {
  const piece = bytes.getBytes().slice()
  bytes.index = 0
  return piece
}
