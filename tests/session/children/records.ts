import { float64, int32, type StoredArray } from '../../../src-main/session/stored-array'

/** The arrays of the n-th ensemble that the writer stores: any of them can be made again to compare. */
export function arraysOf(n: number): Record<string, StoredArray> {
  const length = 1 + ((n * 7919) % 20_000)
  return {
    steps: int32(Int32Array.of(0, n)),
    outputs: float64(Float64Array.from({ length }, (_, i) => Math.sin(n + i)))
  }
}
