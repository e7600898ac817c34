import type { SessionEdit, SessionInfo } from '@shared/organise/session-info'
import type { Orm } from './orm'
import { sessionInfo } from './schema'

/** The number of the table's only row. */
const ROW = 1

/** What users say about the session; empty until they do. */
export function readInfo(orm: Orm): SessionInfo {
  const columns = { title: sessionInfo.title, note: sessionInfo.note }
  return orm.select(columns).from(sessionInfo).get() ?? { title: '', note: '' }
}

/**
 * Changes the session's title or note.
 *
 * @returns the edit that takes this one back
 */
export function editInfo(orm: Orm, edit: SessionEdit): SessionEdit {
  const before = readInfo(orm)
  const info = { title: edit.title ?? before.title, note: edit.note ?? before.note }
  orm
    .insert(sessionInfo)
    .values({ number: ROW, ...info })
    .onConflictDoUpdate({ target: sessionInfo.number, set: info })
    .run()
  return {
    ...(edit.title !== undefined && { title: before.title }),
    ...(edit.note !== undefined && { note: before.note })
  }
}
