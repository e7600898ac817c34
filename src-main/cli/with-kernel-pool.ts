import { KernelPool } from '../engine/kernels/kernel-pool'

/** Ctrl-C ends the process of a command that has nothing to put in order. */
export const neverStopped = new AbortController().signal

/** Gives work threads for kernels, and ends them with it. */
export async function withKernelPool(work: (pool: KernelPool) => Promise<void>): Promise<void> {
  const pool = new KernelPool()
  try {
    await work(pool)
  } finally {
    await pool.close()
  }
}
