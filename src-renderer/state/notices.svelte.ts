/** What a message offers to do. */
export interface NoticeAction {
  readonly label: string
  readonly run: () => void
}

/** A short message to the user. */
export interface Notice {
  readonly id: number
  readonly kind: 'done' | 'problem'
  readonly text: string
  readonly action?: NoticeAction
}

/** How long a message of success stays; problems stay until they are closed. */
const SHOWN_MS = 7000

/** The messages on show. */
export class Notices {
  list = $state.raw<readonly Notice[]>([])
  private nextId = 1

  /** Says that something was done, and what can be done with it. */
  done(text: string, action?: NoticeAction): void {
    const id = this.add({ kind: 'done', text, ...(action ? { action } : {}) })
    setTimeout(() => {
      this.close(id)
    }, SHOWN_MS)
  }

  /** Says what went wrong, once. */
  problem(text: string): void {
    if (!this.list.some((notice) => notice.text === text)) this.add({ kind: 'problem', text })
  }

  /** Takes a message off. */
  close(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id)
  }

  private add(notice: Omit<Notice, 'id'>): number {
    const id = this.nextId++
    this.list = [...this.list, { id, ...notice }]
    return id
  }
}
