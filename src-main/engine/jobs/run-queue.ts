/** One queued piece of work. */
interface Job {
  readonly id: string
  readonly controller: AbortController
  readonly work: (signal: AbortSignal) => Promise<void>
}

/** Runs jobs one after another; each can be stopped, waiting or running. */
export class RunQueue {
  private readonly waiting: Job[] = []
  private current: { job: Job; done: Promise<void> } | null = null

  /**
   * Adds a job behind all others.
   *
   * @param work must settle after its signal aborts, and never reject
   */
  add(id: string, work: (signal: AbortSignal) => Promise<void>): void {
    this.waiting.push({ id, controller: new AbortController(), work })
    this.next()
  }

  /**
   * Asks a job to stop; answers whether it was waiting or running.
   *
   * @param reason what the job's signal says of why
   */
  stop(id: string, reason: unknown): boolean {
    const job = this.find(id)
    job?.controller.abort(reason)
    return job !== undefined
  }

  /** Whether a job is waiting or running. */
  has(id: string): boolean {
    return this.find(id) !== undefined
  }

  /**
   * Stops everything and waits until the running job has stopped.
   *
   * @param reason what the jobs' signals say of why
   */
  async stopAll(reason: unknown): Promise<void> {
    ;[...this.waiting, this.current?.job].forEach((job) => job?.controller.abort(reason))
    await this.idle()
  }

  /** Nothing runs or waits. */
  get isIdle(): boolean {
    return this.current === null
  }

  /** Settles when nothing runs or waits. */
  async idle(): Promise<void> {
    while (this.current) await this.current.done
  }

  private find(id: string): Job | undefined {
    return [...this.waiting, this.current?.job].find((job) => job?.id === id)
  }

  private next(): void {
    if (this.current) return
    const job = this.waiting.shift()
    if (!job) return
    const done = job.work(job.controller.signal).finally(() => {
      this.current = null
      this.next()
    })
    this.current = { job, done }
  }
}
