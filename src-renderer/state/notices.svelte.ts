/** A short message to the user. */
export interface Notice {
  readonly id: number
  readonly kind: 'done' | 'problem'
  readonly text: string
}

/** How long a message of success stays; problems stay until they are closed. */
const SHOWN_MS = 7000

/** The messages on show. */
export class Notices {
  list = $state.raw<readonly Notice[]>([])
  private nextId = 1

  /** Says that something was done. */
  done(text: string): void {
    const id = this.add('done', text)
    setTimeout(() => {
      this.close(id)
    }, SHOWN_MS)
  }

  /** Says what went wrong, once. */
  problem(text: string): void {
    if (!this.list.some((notice) => notice.text === text)) this.add('problem', text)
  }

  /** Takes a message off. */
  close(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id)
  }

  private add(kind: Notice['kind'], text: string): number {
    const id = this.nextId++
    this.list = [...this.list, { id, kind, text }]
    return id
  }
}
