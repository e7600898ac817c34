/** Something that was done and can be taken back. */
export interface HistoryEntry {
  /** What it was, such as "Archive 3 runs". */
  readonly label: string
  /** Consecutive entries of the same field are one; left out, an entry stays by itself. */
  readonly field?: string
  undo(): void | Promise<void>
  redo(): void | Promise<void>
}

/** Edits of one field further apart than this are two. */
const MERGE_MS = 1500
const LIMIT = 200

/** What was done, so that it can be taken back and done again; knows nothing of what that is. */
export class History {
  private done: HistoryEntry[] = []
  private undone: HistoryEntry[] = []
  private addedAt = -Infinity
  /** One step after another, however fast they are asked for. */
  private last: Promise<void> = Promise.resolve()

  /**
   * @param onChange told when what can be taken back or done again has changed
   * @param now milliseconds
   */
  constructor(
    private readonly onChange: () => void = () => undefined,
    private readonly now: () => number = () => performance.now(),
    private readonly limit = LIMIT
  ) {}

  /** What undo would take back; null for nothing. */
  get undoLabel(): string | null {
    return this.done.at(-1)?.label ?? null
  }

  /** What redo would do again; null for nothing. */
  get redoLabel(): string | null {
    return this.undone.at(-1)?.label ?? null
  }

  /** Takes in what has just been done. */
  add(entry: HistoryEntry): void {
    const before = this.done.at(-1)
    const continues =
      before?.field !== undefined &&
      before.field === entry.field &&
      this.undone.length === 0 &&
      this.now() - this.addedAt < MERGE_MS
    if (continues) {
      this.done[this.done.length - 1] = { ...entry, undo: () => before.undo() }
    } else {
      this.done.push(entry)
      if (this.done.length > this.limit) this.done.shift()
    }
    this.undone = []
    this.addedAt = this.now()
    this.onChange()
  }

  /** Takes the last entry back; one whose undoing fails can be tried again. */
  undo(): Promise<void> {
    return this.step(async () => {
      const entry = this.done.at(-1)
      if (!entry) return
      await entry.undo()
      this.move(entry, 'done', 'undone')
    })
  }

  /** Does again what was taken back last. */
  redo(): Promise<void> {
    return this.step(async () => {
      const entry = this.undone.at(-1)
      if (!entry) return
      await entry.redo()
      this.move(entry, 'undone', 'done')
    })
  }

  /** Forgets everything, as in another session. */
  clear(): void {
    this.done = []
    this.undone = []
    this.onChange()
  }

  private move(entry: HistoryEntry, from: 'done' | 'undone', to: 'done' | 'undone'): void {
    // Meanwhile something else may have been done, or everything forgotten.
    if (!this[from].includes(entry)) return
    this[from] = this[from].filter((one) => one !== entry)
    this[to].push(entry)
    this.addedAt = -Infinity
    this.onChange()
  }

  private step(work: () => Promise<void>): Promise<void> {
    const next = this.last.then(work)
    this.last = next.catch(() => undefined)
    return next
  }
}
