import type { TableSource } from '@shared/design/datasets/table'
import type { Session } from '../session/session'

/** What exports draw on: a session, and the tables of data that its experiments name. */
export interface ExportSource {
  readonly session: Session
  readonly tables: TableSource
}
