import type { ColumnPreview } from '@shared/protocol/datasets'
import { isMissing, numberFrom } from './cell'
import type { Cell, ReadColumn, Row } from './table-reader'

/** Different values are counted up to this. */
export const MAXIMUM_DISTINCT = 1000

/** What a column holds, gathered row by row. */
export class ColumnSummary {
  private readonly distinct = new Set<Cell>()
  private hasText = false
  private missing = 0
  private firstMissing: number | null = null
  private count = 0
  private minimum = Infinity
  private maximum = -Infinity
  private mean = 0
  private squares = 0

  constructor(
    private readonly column: ReadColumn,
    private readonly decimal: '.' | ','
  ) {}

  add(cell: Cell, row: Row['number']): void {
    if (this.distinct.size < MAXIMUM_DISTINCT) this.distinct.add(cell)
    const value = numberFrom(cell, this.decimal)
    if (value !== null && Number.isFinite(value)) this.addNumber(value)
    else if (value !== null || isMissing(cell)) {
      this.missing++
      this.firstMissing ??= row
    } else this.hasText = true
  }

  preview(): ColumnPreview {
    return {
      ...this.column,
      type: this.hasText || this.count === 0 ? 'text' : 'number',
      missing: this.missing,
      firstMissing: this.firstMissing,
      distinct: this.distinct.size,
      statistics:
        this.count === 0
          ? null
          : {
              minimum: this.minimum,
              maximum: this.maximum,
              mean: this.mean,
              deviation: Math.sqrt(this.squares / this.count)
            }
    }
  }

  /** Welford's update, which keeps the digits of a small deviation beside a large mean. */
  private addNumber(value: number): void {
    this.count++
    this.minimum = Math.min(this.minimum, value)
    this.maximum = Math.max(this.maximum, value)
    const before = value - this.mean
    this.mean += before / this.count
    this.squares += before * (value - this.mean)
  }
}
