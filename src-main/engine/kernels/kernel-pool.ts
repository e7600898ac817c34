import { EventEmitter, once } from 'node:events'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Matrix } from '@shared/design/dataset'
import type { NetworkDesign } from '@shared/design/network'
import type { Surrogate } from '@shared/design/surrogate'
import { LabError } from '@shared/protocol/errors'
import { kernelMatrices, type Kernels } from '@shared/theory/kernels'
import { requireKernelMemory } from '@shared/theory/kernels/kernel-memory'
import {
  hasSurrogate,
  isSlow,
  kernelPlan,
  type KernelPlan
} from '@shared/theory/kernels/kernel-plan'
import { inTurns } from '../turns'
import { helperReportSchema, isComplete, kernelJob, stopJob, workOnJob } from './kernel-job'

/** Below this many entries handing work out takes longer than doing it. */
const WORTHWHILE = 100_000
/** The same where pairs go through quadrature. */
const SLOW_WORTHWHILE = 500

/**
 * Threads that compute kernels together with the caller's own. They start with the first kernels
 * that are large enough, wait for more afterwards, and keep no process alive while they wait. No
 * kernel waits for a thread to start: whoever comes late finds the work done.
 */
export class KernelPool {
  private helpers: Worker[] = []
  /** The jobs under way, each with what makes it fail. */
  private readonly jobs = new Map<number, AbortController>()
  private lastId = 0
  private readonly reports = new EventEmitter().setMaxListeners(0)

  /**
   * @param threads threads in all, the caller's included
   * @param workerFile the built kernel-worker.ts; null computes in the caller's thread alone
   */
  constructor(
    private readonly threads = availableParallelism(),
    private readonly workerFile = builtWorker()
  ) {}

  /**
   * The kernels that computeKernels gives, bit by bit, in shared memory: what goes to another process
   * must be copied. The event loop gets turns meanwhile.
   *
   * @throws {LabError} invalid-request where they would not fit into memory
   * @throws the signal's reason when aborted
   */
  async compute(
    design: NetworkDesign,
    surrogate: Surrogate | null,
    first: Matrix,
    second: Matrix | null,
    signal: AbortSignal
  ): Promise<Kernels> {
    signal.throwIfAborted()
    const [rows, columns] = [first.rows, (second ?? first).rows]
    requireKernelMemory(rows, columns, hasSurrogate(design, surrogate))
    const plan = await inTurns(kernelPlan(design, surrogate, first, second), signal)
    const shared = (): Float64Array =>
      new Float64Array(new SharedArrayBuffer(rows * columns * Float64Array.BYTES_PER_ELEMENT))
    const [nngp, ntk, sgNtk] = [shared(), shared(), plan.hasSurrogate ? shared() : null]
    const target = { nngp, ntk, sgNtk, offset: 0, stride: columns }
    const job = kernelJob(++this.lastId, design, surrogate, plan, target)
    const failure = new AbortController()
    const stop = AbortSignal.any([signal, failure.signal])
    const helpers = this.helpersFor(plan)
    this.jobs.set(job.id, failure)
    this.setReferences()
    try {
      for (const helper of helpers) helper.postMessage(job)
      await inTurns(workOnJob(job, plan), stop)
      while (!isComplete(job)) {
        await once(this.reports, 'report', { signal: stop }).catch(() => {
          stop.throwIfAborted()
        })
      }
      stop.throwIfAborted()
    } finally {
      stopJob(job)
      this.jobs.delete(job.id)
      this.setReferences()
    }
    return kernelMatrices(nngp, ntk, sgNtk, { rows, columns, symmetric: second === null })
  }

  /** Ends the threads; the next kernels start new ones. */
  async close(): Promise<void> {
    const ending = this.helpers
    this.helpers = []
    await Promise.all(ending.map((helper) => helper.terminate()))
  }

  private helpersFor(plan: KernelPlan): readonly Worker[] {
    const entries = plan.first.inputs.rows * plan.second.inputs.rows
    const isLarge = entries >= (isSlow(plan) ? SLOW_WORTHWHILE : WORTHWHILE)
    if (this.workerFile === null || !isLarge) return []
    while (this.helpers.length < this.threads - 1) this.helpers.push(this.start(this.workerFile))
    return this.helpers
  }

  private start(workerFile: string): Worker {
    const helper = new Worker(workerFile)
    helper.on('message', (message: unknown) => {
      const { jobId, error } = helperReportSchema.parse(message)
      if (error) this.jobs.get(jobId)?.abort(new LabError(error.code, error.message))
      this.reports.emit('report')
    })
    // It could not start, or was lost: whatever it had taken is missing.
    helper.on('error', (error) => {
      this.helpers = this.helpers.filter((other) => other !== helper)
      if (this.jobs.size === 0) console.warn(`a thread for kernels was lost: ${error.message}`)
      for (const failure of this.jobs.values()) failure.abort(error)
    })
    return helper
  }

  /** Helpers keep the process alive while there is work, and only then. */
  private setReferences(): void {
    for (const helper of this.helpers) {
      if (this.jobs.size > 0) helper.ref()
      else helper.unref()
    }
  }
}

/** The worker's file beside the built program, or above its chunks; null in sources that were never built. */
function builtWorker(): string | null {
  const candidates = ['./kernel-worker.js', '../kernel-worker.js'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url))
  )
  return candidates.find((path) => existsSync(path)) ?? null
}
