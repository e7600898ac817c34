import { and, asc, eq, inArray } from 'drizzle-orm'
import type { RunStatus } from '@shared/protocol/results'
import type { Orm } from './orm'
import { queueEntries, runs } from './schema'

/** A run that waits to be computed, or was computed when the session was closed. */
export interface QueuedRun {
  readonly id: string
  readonly name: string
  readonly status: RunStatus
}

/**
 * The queue of a session's runs as the file keeps it, so that it outlives the process that computes.
 * Every method may throw a LabError, as those of Session.
 */
export class QueueStore {
  /** @param work does a task on the file, turning SQLite's errors into the lab's */
  constructor(
    private readonly orm: Orm,
    private readonly work: <T>(what: string, task: () => T) => T
  ) {}

  /** Makes these runs the queue, in this order. */
  write(runIds: readonly string[]): void {
    this.work('store the queue', () => {
      this.orm.transaction((transaction) => {
        transaction.delete(queueEntries).run()
        for (const [place, runId] of runIds.entries()) {
          transaction.insert(queueEntries).values({ runId, place }).run()
        }
      })
    })
  }

  /** The runs of the queue that are still to be computed, in their order. */
  read(): QueuedRun[] {
    return this.work('read the queue', () =>
      this.orm
        .select({ id: runs.id, name: runs.name, status: runs.status })
        .from(queueEntries)
        .innerJoin(runs, eq(runs.id, queueEntries.runId))
        .where(
          and(inArray(runs.status, ['queued', 'running', 'interrupted']), eq(runs.deleted, false))
        )
        .orderBy(asc(queueEntries.place))
        .all()
    )
  }
}
