import { z } from 'zod'
import type { NetworkDesign } from '@shared/design/network'
import type { Surrogate } from '@shared/design/surrogate'
import { transportedErrorSchema } from '@shared/protocol/errors'
import { blockRanges } from '@shared/theory/kernels/kernel-blocks'
import {
  isSlow,
  planOfPoints,
  type KernelPlan,
  type KernelPoints
} from '@shared/theory/kernels/kernel-plan'
import { fillTile, type KernelTarget, type TileRange } from '@shared/theory/kernels/kernel-tile'
import type { Stepwise } from '@shared/theory/stepwise'

/** Kernels that several threads compute together, in memory that they share. */
export interface KernelJob {
  readonly id: number
  readonly design: NetworkDesign
  readonly surrogate: Surrogate | null
  readonly first: KernelPoints
  /** null for `first` with itself. */
  readonly second: KernelPoints | null
  /** All entries of each kernel, row-major. */
  readonly target: KernelTarget
  /** How many blocks there are. */
  readonly blocks: number
  /** The next block that nobody has taken, how many are done, and 1 once all are to stop. */
  readonly progress: Int32Array
}

/** What a helper says once it leaves a job. */
export const helperReportSchema = z.object({
  jobId: z.int(),
  error: transportedErrorSchema.nullable()
})
export type HelperReport = z.infer<typeof helperReportSchema>

/** Places in `progress`. */
const NEXT = 0
const DONE = 1
const STOP = 2

/** Side of the blocks, so small that threads end together: 128² far pairs take 0.3 ms. */
const SIDE = 128
/** The same for pairs by quadrature, of which fewer are many. */
const SLOW_SIDES = { least: 8, most: 32, toASide: 16 }

/** A job of which nothing is done yet. */
export function kernelJob(
  id: number,
  design: NetworkDesign,
  surrogate: Surrogate | null,
  plan: KernelPlan,
  target: KernelTarget
): KernelJob {
  const { first, second } = plan
  return {
    ...{ id, design, surrogate, first, target },
    second: second === first ? null : second,
    blocks: blocksOf(plan).length,
    progress: new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT))
  }
}

/** Tells all threads to leave a job. */
export function stopJob({ progress }: KernelJob): void {
  Atomics.store(progress, STOP, 1)
}

/** Whether every block has been computed. */
export function isComplete({ progress, blocks }: KernelJob): boolean {
  return Atomics.load(progress, DONE) === blocks
}

/**
 * Takes blocks of a job until none is left or the job is stopped: each thread runs this.
 *
 * @param plan where the thread has it already
 */
export function* workOnJob(job: KernelJob, plan = planOf(job)): Stepwise<void> {
  const { second, target, progress } = job
  const ranges = blocksOf(plan)
  for (;;) {
    const range = ranges[Atomics.add(progress, NEXT, 1)]
    if (!range) return
    const pieces = fillTile(plan, range, target, second ? null : target)
    while (!pieces.next().done) {
      if (Atomics.load(progress, STOP) === 1) return
      yield
    }
    Atomics.add(progress, DONE, 1)
  }
}

function planOf({ design, surrogate, first, second }: KernelJob): KernelPlan {
  return planOfPoints(design, surrogate, first, second)
}

function blocksOf(plan: KernelPlan): TileRange[] {
  if (!isSlow(plan)) return blockRanges(plan, SIDE)
  const { least, most, toASide } = SLOW_SIDES
  const side = Math.ceil(plan.second.inputs.rows / toASide)
  return blockRanges(plan, Math.min(most, Math.max(least, side)))
}
