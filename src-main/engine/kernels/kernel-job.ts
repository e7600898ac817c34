import type { Matrix } from '@shared/design/dataset'
import type { NetworkDesign } from '@shared/design/network'
import type { Surrogate } from '@shared/design/surrogate'
import { blockRanges } from '@shared/theory/kernels/kernel-blocks'
import { kernelPlan } from '@shared/theory/kernels/kernel-plan'
import { fillTile, type KernelTarget } from '@shared/theory/kernels/kernel-tile'
import type { Stepwise } from '@shared/theory/stepwise'

/** Kernels that several threads compute together, in memory that they share. */
export interface KernelJob {
  readonly design: NetworkDesign
  readonly surrogate: Surrogate | null
  readonly first: Matrix
  /** null for `first` with itself. */
  readonly second: Matrix | null
  /** All entries of each kernel, row-major. */
  readonly target: KernelTarget
  /** The next block that nobody has taken, and 1 once all are to stop. */
  readonly progress: Int32Array
}

/** Places in `progress`. */
const NEXT = 0
const STOP = 1

/** Small enough for threads to end together. */
const SIDE = 128

/** A job's progress, nothing taken yet. */
export function freshProgress(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT))
}

/** Tells all threads to leave a job. */
export function stopJob({ progress }: KernelJob): void {
  Atomics.store(progress, STOP, 1)
}

/** Takes blocks of a job until none is left or the job is stopped: each thread runs this. */
export function* workOnJob(job: KernelJob): Stepwise<void> {
  const { design, surrogate, first, second, target, progress } = job
  const plan = kernelPlan(design, surrogate, first, second)
  const ranges = blockRanges(plan, SIDE)
  for (;;) {
    const range = ranges[Atomics.add(progress, NEXT, 1)]
    if (!range) return
    const pieces = fillTile(plan, range, target, second ? null : target)
    while (!pieces.next().done) {
      if (Atomics.load(progress, STOP) === 1) return
      yield
    }
  }
}
