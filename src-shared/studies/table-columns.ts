import type { StudyTable } from './study-report'

type Cell = number | string | null

/** Columns of a study's table by name, as numbers: NaN where there is none. */
export type TableColumns = (name: string) => Float64Array

/**
 * The columns of some rows of a table.
 *
 * @param where rows that equal this in its columns; all without it
 * @returns null where the table has no such row
 */
export function tableColumns(
  { columns, rows }: StudyTable,
  where: Readonly<Record<string, Cell>> = {}
): TableColumns | null {
  const wanted = Object.entries(where).map(
    ([name, value]) => [columns.indexOf(name), value] as const
  )
  const chosen = rows.filter((row) => wanted.every(([at, value]) => row[at] === value))
  if (chosen.length === 0) return null
  return (name) => {
    const at = columns.indexOf(name)
    return Float64Array.from(chosen, (row) => {
      const value = row[at]
      return typeof value === 'number' ? value : NaN
    })
  }
}

/** The different values of a column, in the order in which they come. */
export function distinct({ columns, rows }: StudyTable, name: string): Cell[] {
  const at = columns.indexOf(name)
  return [...new Set(rows.map((row) => row[at] ?? null))]
}
