import type { BundledSet } from '@shared/design/datasets/bundled-sets'
import type { DataTable, TableSource } from '@shared/design/datasets/table'
import { readBundledTable } from '../files/bundled-data'

/** The tables that experiments draw on; what was read stays in memory, as forecasts ask at every edit. */
export class SessionTables implements TableSource {
  private readonly bundledTables = new Map<BundledSet, DataTable>()

  bundled(set: BundledSet): DataTable {
    const known = this.bundledTables.get(set)
    if (known) return known
    const table = readBundledTable(set)
    this.bundledTables.set(set, table)
    return table
  }
}
