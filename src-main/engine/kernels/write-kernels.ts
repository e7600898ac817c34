import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Matrix } from '@shared/design/dataset'
import type { NetworkDesign } from '@shared/design/network'
import type { Surrogate } from '@shared/design/surrogate'
import { LabError } from '@shared/protocol/errors'
import { BLOCK_SIDE, blockRanges, computeBlock } from '@shared/theory/kernels/kernel-blocks'
import { kernelBytes } from '@shared/theory/kernels/kernel-memory'
import { hasSurrogate, kernelPlan } from '@shared/theory/kernels/kernel-plan'
import { inTurns } from '../turns'
import { MatrixFile } from './matrix-file'

/** Kernels that are to go into files, and where. */
export interface KernelFilesRequest {
  readonly design: NetworkDesign
  readonly surrogate: Surrogate | null
  readonly first: Matrix
  /** null for `first` with itself. */
  readonly second: Matrix | null
  /** `PREFIX.nngp.npy`, `PREFIX.ntk.npy` and, with a surrogate, `PREFIX.sgNtk.npy` are written. */
  readonly prefix: string
}

/** What writing kernels into files takes. */
export interface KernelFilesForecast {
  /** Bytes of all files together. */
  readonly fileBytes: number
  /** Bytes of memory for the blocks under way; the points come on top. */
  readonly memoryBytes: number
}

/** What writeKernels would take, before it is begun. */
export function forecastKernelFiles(request: KernelFilesRequest): KernelFilesForecast {
  const { design, surrogate, first, second } = request
  const own = hasSurrogate(design, surrogate)
  const [rows, columns] = [first.rows, (second ?? first).rows]
  const side = (count: number): number => Math.min(count, BLOCK_SIDE)
  return {
    fileBytes: kernelBytes(rows, columns, own),
    memoryBytes: (second ? 1 : 2) * kernelBytes(side(rows), side(columns), own)
  }
}

/**
 * Computes kernels of any number of points block by block into .npy files (float64, row-major, rows
 * first arguments). Files appear under their names all together, once the last block is written.
 *
 * @param onProgress told the share of blocks that are done
 * @returns the files' paths
 * @throws {LabError} file-problem where the disk has too little room or a file cannot be written
 * @throws the signal's reason when aborted; nothing is left behind then
 */
export async function writeKernels(
  request: KernelFilesRequest,
  signal: AbortSignal,
  onProgress: (share: number) => void = () => undefined
): Promise<string[]> {
  await requireRoom(request)
  const { design, surrogate, first, second, prefix } = request
  const plan = await inTurns(kernelPlan(design, surrogate, first, second), signal)
  const columns = plan.second.inputs.rows
  const files: { kind: 'nngp' | 'ntk' | 'sgNtk'; file: MatrixFile }[] = []
  try {
    for (const kind of ['nngp', 'ntk', 'sgNtk'] as const) {
      if (kind === 'sgNtk' && !plan.hasSurrogate) continue
      const file = await MatrixFile.create(`${prefix}.${kind}.npy`, first.rows, columns)
      files.push({ kind, file })
    }
    const ranges = blockRanges(plan)
    for (const [done, range] of ranges.entries()) {
      for (const block of await inTurns(computeBlock(plan, range), signal)) {
        for (const { kind, file } of files) {
          const values = block[kind]
          if (values) await file.write({ ...block, values })
        }
      }
      signal.throwIfAborted()
      onProgress((done + 1) / ranges.length)
    }
    for (const { file } of files) await file.complete()
  } catch (cause) {
    for (const { file } of files) await file.discard()
    if (signal.aborted || cause instanceof LabError) throw cause
    throw fileProblem(prefix, cause)
  }
  return files.map(({ file }) => file.path)
}

async function requireRoom(request: KernelFilesRequest): Promise<void> {
  const folder = dirname(request.prefix)
  const needed = forecastKernelFiles(request).fileBytes
  const disk = await statfs(folder).catch((cause: unknown) => {
    throw fileProblem(request.prefix, cause)
  })
  const free = disk.bavail * disk.bsize
  if (needed <= free) return
  throw new LabError(
    'file-problem',
    `the kernels take ${needed} bytes, and ${folder} has ${free} bytes free: choose another folder`
  )
}

function fileProblem(prefix: string, cause: unknown): LabError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new LabError('file-problem', `${prefix}.*.npy could not be written: ${why}`, { cause })
}
