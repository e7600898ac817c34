import { moved, type QueueMove } from '@shared/protocol/queue'

/** A piece of work to be queued. */
export interface NewJob {
  readonly id: string
  /** Must settle after its signal aborts, at once where it has aborted before, and never reject. */
  readonly work: (signal: AbortSignal) => Promise<void>
  /** Whether it can be forgotten while it waits: it is known elsewhere that it is to be done. */
  readonly isKept: boolean
}

interface Job extends NewJob {
  readonly controller: AbortController
}

/** Runs jobs one after another; each can be stopped, waiting or running. */
export class RunQueue {
  private waiting: Job[] = []
  private current: { job: Job; done: Promise<void> } | null = null
  private isHeld = false

  /** @param onChange told whenever a job was added, began, ended or was moved, and of holding */
  constructor(private readonly onChange: () => void = () => undefined) {}

  /** Adds jobs behind all others, in this order. */
  add(...jobs: readonly NewJob[]): void {
    this.waiting.push(...jobs.map((job) => ({ ...job, controller: new AbortController() })))
    this.next()
    this.onChange()
  }

  /**
   * Asks a job to stop; answers whether it was waiting or running. A waiting one does so at once.
   *
   * @param reason what the job's signal says of why
   */
  stop(id: string, reason: unknown): boolean {
    if (this.current?.job.id === id) {
      this.current.job.controller.abort(reason)
      return true
    }
    const job = this.waiting.find((one) => one.id === id)
    if (!job) return false
    this.waiting = this.waiting.filter((one) => one !== job)
    void stopped(job, reason).then(this.onChange)
    return true
  }

  /** Whether a job is waiting or running. */
  has(id: string): boolean {
    return this.order.includes(id)
  }

  /** Moves a waiting job; answers whether there is one. */
  move(id: string, to: QueueMove): boolean {
    if (!this.waiting.some((job) => job.id === id)) return false
    this.waiting = moved(this.waiting, (job) => job.id === id, to)
    this.onChange()
    return true
  }

  /** Lets the running job go on to its end but begins no other, or begins again. */
  hold(isHeld: boolean): void {
    this.isHeld = isHeld
    this.next()
    this.onChange()
  }

  /** No job begins. */
  get held(): boolean {
    return this.isHeld
  }

  /** The running job, null where none is. */
  get running(): string | null {
    return this.current?.job.id ?? null
  }

  /** The running job and then the waiting ones. */
  get order(): string[] {
    return [...(this.current ? [this.current.job] : []), ...this.waiting].map(({ id }) => id)
  }

  /**
   * Forgets the waiting jobs that may be, stops all others and waits until they have.
   *
   * @param reason what the jobs' signals say of why
   */
  async stopAll(reason: unknown): Promise<void> {
    const others = this.waiting.filter(({ isKept }) => !isKept)
    this.waiting = []
    this.isHeld = false
    this.current?.job.controller.abort(reason)
    await Promise.all(others.map((job) => stopped(job, reason)))
    await this.idle()
  }

  /** Nothing is running. */
  get isIdle(): boolean {
    return this.current === null
  }

  /** Settles when nothing is running and, unless they are held, nothing waits. */
  async idle(): Promise<void> {
    while (this.current) await this.current.done
  }

  private next(): void {
    if (this.current || this.isHeld) return
    const job = this.waiting.shift()
    if (!job) return
    const done = job.work(job.controller.signal).finally(() => {
      this.current = null
      this.next()
      this.onChange()
    })
    this.current = { job, done }
  }
}

/** Lets a job that has not begun say how it ended. */
function stopped({ controller, work }: Job, reason: unknown): Promise<void> {
  controller.abort(reason)
  return work(controller.signal)
}
