import type { BundledSet } from '@shared/design/datasets/bundled-sets'
import type { DataTable, TableSource } from '@shared/design/datasets/table'
import { readBundledTable } from '../files/bundled-data'
import type { Session } from '../session/session'

/**
 * The tables that experiments draw on. Bundled ones stay in memory, and the stored one that was read
 * last: forecasts ask at every edit.
 */
export class SessionTables implements TableSource {
  private readonly bundledTables = new Map<BundledSet, DataTable>()
  private lastStored: { session: Session; sha256: string; table: DataTable } | null = null

  /** @param session the open one */
  constructor(private readonly session: () => Session) {}

  bundled(set: BundledSet): DataTable {
    const known = this.bundledTables.get(set)
    if (known) return known
    const table = readBundledTable(set)
    this.bundledTables.set(set, table)
    return table
  }

  stored(sha256: string): DataTable {
    const session = this.session()
    if (this.lastStored?.sha256 !== sha256 || this.lastStored.session !== session) {
      this.lastStored = { session, sha256, table: session.readDataset(sha256) }
    }
    return this.lastStored.table
  }
}
