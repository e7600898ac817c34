import type { SeriesInput } from '../figures/plot'
import type { StudyTable } from './study-report'

/** Which columns of a table are drawn, and which of its rows. */
interface DrawnColumns {
  readonly x: string
  readonly y: string
  /** Rows that are equal in this column make one line; all rows make one without it. */
  readonly by?: string
  /** What a line is called; the value of `by`, or the name of y, without it. */
  readonly name?: (value: string) => string
  readonly where?: (row: Readonly<Record<string, number | string | null>>) => boolean
  /** The number of the first line's colour. */
  readonly firstColour?: number
}

/** Lines with marks through the numbers of a study's table; rows without both numbers are left out. */
export function tableSeries(table: StudyTable, drawn: DrawnColumns): SeriesInput[] {
  const { x, y, by, where = () => true, name = (value: string) => value, firstColour = 0 } = drawn
  const groups = new Map<string, { x: number[]; y: number[] }>()
  for (const values of table.rows) {
    const row = Object.fromEntries(table.columns.map((column, i) => [column, values[i] ?? null]))
    const [atX, atY] = [row[x], row[y]]
    if (typeof atX !== 'number' || typeof atY !== 'number' || !where(row)) continue
    const key = by === undefined ? y : String(row[by])
    const group = groups.get(key) ?? { x: [], y: [] }
    groups.set(key, group)
    group.x.push(atX)
    group.y.push(atY)
  }
  return [...groups].flatMap(([key, points], i): SeriesInput[] => {
    const common = {
      ...{ name: name(key) || key || y, colour: firstColour + i },
      ...{ x: Float64Array.from(points.x), y: Float64Array.from(points.y) }
    }
    return [
      { kind: 'line', ...common, width: 1.6 },
      { kind: 'points', ...common, inLegend: false }
    ]
  })
}
