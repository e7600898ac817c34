import type { RunEdit } from '@shared/organise/run-edit'
import type { SessionEdit, SessionInfo } from '@shared/organise/session-info'
import type { NewFigure, StoredFigure } from '@shared/organise/stored-figure'
import * as figures from './figures'
import type { Orm } from './orm'
import * as labels from './run-labels'
import * as info from './session-info'

/** Does a task on the session's file, named for the log, with the session's errors. */
type Work = <T>(what: string, task: () => T) => T

/**
 * How the results of a session are kept in order: labels of runs, a title and note of the session,
 * figures. Every change returns what takes it back.
 */
export class Organiser {
  constructor(
    private readonly orm: Orm,
    private readonly work: Work
  ) {}

  /** Changes the labels of runs, all or none; returns the edits that take these back. */
  editRuns(edits: readonly RunEdit[]): RunEdit[] {
    return this.work('edit runs', () => labels.editRuns(this.orm, edits))
  }

  /** Takes runs out of sight; they can be restored until the session is closed, which removes them. */
  deleteRuns(runIds: readonly string[]): void {
    this.work('delete runs', () => {
      labels.setDeleted(this.orm, runIds, true)
    })
  }

  /** Brings deleted runs back. */
  restoreRuns(runIds: readonly string[]): void {
    this.work('restore runs', () => {
      labels.setDeleted(this.orm, runIds, false)
    })
  }

  /** Removes deleted runs for good. */
  purgeDeleted(): void {
    this.work('remove deleted runs', () => {
      labels.purgeDeleted(this.orm)
    })
  }

  info(): SessionInfo {
    return this.work('read the title and note', () => info.readInfo(this.orm))
  }

  /** Changes the session's title or note; returns the edit that takes this one back. */
  editInfo(edit: SessionEdit): SessionEdit {
    return this.work('edit the title and note', () => info.editInfo(this.orm, edit))
  }

  /** All figures in their order. */
  listFigures(): StoredFigure[] {
    return this.work('list figures', () => figures.listFigures(this.orm))
  }

  /** Stores a figure, replacing one of the same id; returns the one before, null for a new one. */
  saveFigure(figure: NewFigure): StoredFigure | null {
    const now = new Date().toISOString()
    return this.work('save a figure', () => figures.saveFigure(this.orm, figure, now))
  }

  /** Removes a figure and returns it. */
  deleteFigure(id: string): StoredFigure {
    return this.work('delete a figure', () => figures.deleteFigure(this.orm, id))
  }
}
