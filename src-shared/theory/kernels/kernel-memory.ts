import { LabError } from '../../protocol/errors'

/** The largest kernels that are put together in memory, all of a design together: 2 GiB. */
export const KERNEL_MEMORY_LIMIT = 2 * 2 ** 30

/** Bytes of all kernels of `rows` first and `columns` second arguments: 8 for each entry of each. */
export function kernelBytes(rows: number, columns: number, hasSurrogate: boolean): number {
  return 8 * rows * columns * (hasSurrogate ? 3 : 2)
}

/**
 * Refuses kernels that would not fit into memory, before any work is done.
 *
 * @throws {LabError} invalid-request
 */
export function requireKernelMemory(rows: number, columns: number, hasSurrogate: boolean): void {
  const bytes = kernelBytes(rows, columns, hasSurrogate)
  if (bytes <= KERNEL_MEMORY_LIMIT) return
  const gibibytes = (value: number): string => `${(value / 2 ** 30).toFixed(1)} GiB`
  throw new LabError(
    'invalid-request',
    `X, X2: kernels of ${rows} × ${columns} points take ${gibibytes(bytes)}, and at most ` +
      `${gibibytes(KERNEL_MEMORY_LIMIT)} are put together in memory: write them to files block by ` +
      'block instead, ask for the diagonal only, or take fewer points'
  )
}
