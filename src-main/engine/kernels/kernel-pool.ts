import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Matrix } from '@shared/design/dataset'
import type { NetworkDesign } from '@shared/design/network'
import type { Surrogate } from '@shared/design/surrogate'
import { kernelMatrices, kernelPieces, type Kernels } from '@shared/theory/kernels'
import { requireKernelMemory } from '@shared/theory/kernels/kernel-memory'
import { hasSurrogate } from '@shared/theory/kernels/kernel-plan'
import { inTurns } from '../turns'
import { freshProgress, stopJob, workOnJob, type KernelJob } from './kernel-job'

/** Below this many entries handing work out takes longer than doing it. */
const WORTHWHILE = 400_000

/**
 * Threads that compute kernels together with the caller's own. They start with the first kernels
 * that are large enough, wait for more afterwards, and keep no process alive while they wait.
 */
export class KernelPool {
  private workers: Worker[] = []

  /**
   * @param threads threads in all, the caller's included
   * @param workerFile the built kernel-worker.ts; null computes in the caller's thread alone
   */
  constructor(
    private readonly threads = availableParallelism(),
    private readonly workerFile = builtWorker()
  ) {}

  /**
   * The kernels that computeKernels gives, bit by bit; the event loop gets turns meanwhile.
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
    const [rows, columns] = [first.rows, (second ?? first).rows]
    const helpers = this.helpers(rows * columns)
    if (helpers.length === 0) {
      return inTurns(kernelPieces(design, surrogate, first, second), signal)
    }
    const own = hasSurrogate(design, surrogate)
    requireKernelMemory(rows, columns, own)
    const shared = (): Float64Array =>
      new Float64Array(new SharedArrayBuffer(rows * columns * Float64Array.BYTES_PER_ELEMENT))
    const target = {
      ...{ nngp: shared(), ntk: shared(), sgNtk: own ? shared() : null },
      ...{ offset: 0, stride: columns }
    }
    const job = {
      design,
      surrogate,
      first,
      second,
      target,
      progress: freshProgress()
    }
    const helped = Promise.all(helpers.map((worker) => help(worker, job)))
    // Whoever fails first decides; the others then leave the job.
    await Promise.all([inTurns(workOnJob(job), signal), helped]).finally(async () => {
      stopJob(job)
      await helped.catch(() => this.close())
    })
    // Shared memory cannot cross to other processes: results are ordinary arrays.
    return kernelMatrices(target.nngp.slice(), target.ntk.slice(), target.sgNtk?.slice() ?? null, {
      rows,
      columns,
      symmetric: second === null
    })
  }

  /** Ends the threads; the next kernels start new ones. */
  async close(): Promise<void> {
    const ending = this.workers
    this.workers = []
    await Promise.all(ending.map((worker) => worker.terminate()))
  }

  private helpers(entries: number): readonly Worker[] {
    if (this.workerFile === null || entries < WORTHWHILE) return []
    while (this.workers.length < this.threads - 1) {
      const worker = new Worker(this.workerFile)
      worker.unref()
      this.workers.push(worker)
    }
    return this.workers
  }
}

/** Hands a job to a worker; resolves once it has done its share. */
async function help(worker: Worker, job: KernelJob): Promise<void> {
  worker.ref()
  try {
    // An 'error' event of the worker rejects this.
    const answered = once(worker, 'message')
    worker.postMessage(job)
    await answered
  } finally {
    worker.unref()
  }
}

/** The worker's file beside the built program, or above its chunks; null in sources that were never built. */
function builtWorker(): string | null {
  const candidates = ['./kernel-worker.js', '../kernel-worker.js'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url))
  )
  return candidates.find((path) => existsSync(path)) ?? null
}
