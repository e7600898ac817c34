import type { Checkpoint } from '../../../src-main/session/checkpoints'
import { float64, int32, type StoredArray } from '../../../src-main/session/stored-array'

/** The arrays of the n-th ensemble that the writer stores: any of them can be made again to compare. */
export function arraysOf(n: number): Record<string, StoredArray> {
  const length = 1 + ((n * 7919) % 20_000)
  return {
    steps: int32(Int32Array.of(0, n)),
    outputs: float64(Float64Array.from({ length }, (_, i) => Math.sin(n + i)))
  }
}

/** What the writer stores on the way to its n-th ensemble. */
export function checkpointOf(n: number): {
  checkpoint: Checkpoint
  arrays: Record<string, StoredArray>
} {
  const position = {
    membersDone: 0,
    blockMembers: 4,
    recordsDone: 1,
    step: n,
    trainingMs: 1,
    flops: n
  }
  return {
    checkpoint: { ensembleIndex: n, savedAt: '2026-11-24T12:00:30.000Z', position },
    arrays: { variable0: float64(Float64Array.from({ length: 2000 }, (_, i) => Math.cos(n + i))) }
  }
}
