import { asc, eq, inArray } from 'drizzle-orm'
import type { RunEdit, RunLabels } from '@shared/organise/run-edit'
import type { Orm } from './orm'
import { unknownRun } from './require-run'
import { runs, runTags } from './schema'

/** The columns of a run that hold its labels, apart from tags, as labels are called. */
export const labelColumns = {
  name: runs.name,
  note: runs.note,
  group: runs.groupName,
  archived: runs.archived
}

/** The tags of every run that has any, in alphabetical order, by the run's id. */
export function tagsByRun(orm: Orm): Map<string, string[]> {
  const byRun = new Map<string, string[]>()
  const rows = orm.select().from(runTags).orderBy(asc(runTags.runId), asc(runTags.tag)).all()
  for (const { runId, tag } of rows) {
    const tags = byRun.get(runId) ?? []
    tags.push(tag)
    byRun.set(runId, tags)
  }
  return byRun
}

/** A run's tags in alphabetical order. */
export function listTags(orm: Orm, runId: string): string[] {
  const ofRun = eq(runTags.runId, runId)
  const rows = orm.select().from(runTags).where(ofRun).orderBy(asc(runTags.tag)).all()
  return rows.map(({ tag }) => tag)
}

/**
 * Changes the labels of runs, all or none of them.
 *
 * @returns the edits that take these back, in the order in which to make them
 * @throws {LabError} not-found
 */
export function editRuns(orm: Orm, edits: readonly RunEdit[]): RunEdit[] {
  return orm.transaction(
    (transaction) => edits.map((edit) => editRun(transaction, edit)).reverse(),
    { behavior: 'immediate' }
  )
}

function editRun(orm: Orm, { runId, ...edit }: RunEdit): RunEdit {
  const ofRun = eq(runs.id, runId)
  const columns = orm.select(labelColumns).from(runs).where(ofRun).get()
  if (!columns) throw unknownRun(runId)
  const before: RunLabels = { ...columns, tags: listTags(orm, runId) }
  const { name, note, group, archived, tags } = edit
  orm
    .update(runs)
    .set({
      name: name ?? before.name,
      note: note ?? before.note,
      groupName: group === undefined ? before.group : group,
      archived: archived ?? before.archived
    })
    .where(ofRun)
    .run()
  if (tags) {
    orm.delete(runTags).where(eq(runTags.runId, runId)).run()
    for (const tag of tags) orm.insert(runTags).values({ runId, tag }).run()
  }
  const isEdited = ([label]: [string, unknown]): boolean =>
    edit[label as keyof RunLabels] !== undefined
  const previous: Partial<RunLabels> = Object.fromEntries(Object.entries(before).filter(isEdited))
  return { runId, ...previous }
}

/**
 * Takes runs out of sight, or brings back those that were taken. Their rows stay until the session is
 * closed.
 *
 * @throws {LabError} not-found, with nothing changed
 */
export function setDeleted(orm: Orm, runIds: readonly string[], deleted: boolean): void {
  orm.transaction(
    (transaction) => {
      for (const id of runIds) {
        const { changes } = transaction.update(runs).set({ deleted }).where(eq(runs.id, id)).run()
        if (changes === 0) throw unknownRun(id)
      }
    },
    { behavior: 'immediate' }
  )
}

/** Removes the rows of deleted runs, with all that belongs to them. */
export function purgeDeleted(orm: Orm): void {
  const deleted = orm.select({ id: runs.id }).from(runs).where(eq(runs.deleted, true)).all()
  if (deleted.length === 0) return
  const ids = deleted.map(({ id }) => id)
  orm.delete(runs).where(inArray(runs.id, ids)).run()
}
