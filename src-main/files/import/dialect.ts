import { parse } from 'csv-parse/sync'
import { numberFrom } from './cell'

/** Tried in this order: a comma may also be a decimal mark, a space also part of a text. */
const delimiters = ['\t', ';', '|', ',', ' '] as const

/** How a text file separates cells and writes numbers. */
export interface Dialect {
  readonly delimiter: string
  readonly decimal: '.' | ','
  /** The first row has names. */
  readonly header: boolean
}

/**
 * Finds a text file's dialect from its beginning: the first delimiter that gives every row the same
 * number of cells, more than one. The first row is a header when none of its cells is a number.
 *
 * @param sample whole lines
 * @param stated what is known already
 */
export function findDialect(sample: string, stated: Partial<Dialect>): Dialect {
  const tables = (stated.delimiter === undefined ? delimiters : [stated.delimiter]).map(
    (delimiter) => ({ delimiter, rows: rowsOf(sample, delimiter) })
  )
  const even = tables.find(({ rows: [first = [], ...others] }) => {
    return first.length > 1 && others.every((row) => row.length === first.length)
  })
  const several = tables.find(({ rows: [first = []] }) => first.length > 1)
  const { delimiter, rows } = even ?? several ?? { delimiter: ',', rows: rowsOf(sample, ',') }
  const cells = rows.slice(1).flat()
  const isDecimalComma =
    delimiter !== ',' &&
    cells.some((cell) => /^[+-]?\d+,\d+$/.test(cell.trim())) &&
    !cells.some((cell) => /^[+-]?\d+\.\d+$/.test(cell.trim()))
  const decimal = stated.decimal ?? (isDecimalComma ? ',' : '.')
  const [first = []] = rows
  const header = stated.header ?? first.every((cell) => numberFrom(cell, decimal) === null)
  return { delimiter, decimal, header }
}

function rowsOf(sample: string, delimiter: string): string[][] {
  try {
    return parse(sample, {
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true
    })
  } catch {
    // A quotation that the sample does not close: this delimiter is none, or the file will say so.
    return []
  }
}
