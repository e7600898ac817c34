import { eq } from 'drizzle-orm'
import { LabError } from '@shared/protocol/errors'
import type { Orm } from './orm'
import { runs } from './schema'

/** @throws {LabError} not-found when the session has no such run */
export function requireRun(orm: Orm, id: string): void {
  if (!orm.select({ id: runs.id }).from(runs).where(eq(runs.id, id)).get()) throw unknownRun(id)
}

export function unknownRun(id: string): LabError {
  return new LabError('not-found', `This session has no run ${id}.`)
}
