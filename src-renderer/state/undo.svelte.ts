import { History, type HistoryEntry } from './history'

/** What was done and can be taken back, for the window to show. */
export class Undo {
  undoLabel = $state<string | null>(null)
  redoLabel = $state<string | null>(null)
  private readonly history = new History(() => {
    this.undoLabel = this.history.undoLabel
    this.redoLabel = this.history.redoLabel
  })

  /** @param failed told why something could not be taken back or done again */
  constructor(private readonly failed: (problem: unknown) => void) {}

  /** Takes the last change back. */
  undo(): Promise<void> {
    return this.history.undo().catch(this.failed)
  }

  /** Does again what was taken back last. */
  redo(): Promise<void> {
    return this.history.redo().catch(this.failed)
  }

  /** Takes in what has just been done. */
  protected add(entry: HistoryEntry): void {
    this.history.add(entry)
  }

  /** Forgets everything, as in another session. */
  protected clear(): void {
    this.history.clear()
  }
}
