import { randomUUID } from 'node:crypto'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { npyHeader } from '../../files/npy-header'

/** A part of a matrix, row-major. */
export interface MatrixBlock {
  readonly values: Float64Array
  readonly fromRow: number
  readonly toRow: number
  readonly fromColumn: number
  readonly toColumn: number
}

/**
 * A float64 matrix in a .npy file that is filled block by block and takes its name only once it is
 * complete: until then it is a hidden file beside it.
 */
export class MatrixFile {
  private constructor(
    readonly path: string,
    private readonly temporary: string,
    private readonly file: FileHandle,
    private readonly columns: number,
    private readonly start: number
  ) {}

  static async create(path: string, rows: number, columns: number): Promise<MatrixFile> {
    const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`)
    const file = await open(temporary, 'wx')
    const header = npyHeader('float64', [rows, columns])
    await file.write(header, 0, header.length, 0)
    return new MatrixFile(path, temporary, file, columns, header.length)
  }

  async write({ values, fromRow, toRow, fromColumn, toColumn }: MatrixBlock): Promise<void> {
    const width = 8 * (toColumn - fromColumn)
    const bytes = littleEndianBytes(values)
    for (let row = fromRow; row < toRow; row++) {
      const at = this.start + 8 * (row * this.columns + fromColumn)
      await writeAll(
        this.file,
        bytes.subarray((row - fromRow) * width, (row - fromRow + 1) * width),
        at
      )
    }
  }

  /** Puts the bytes on the disk and the file under its name. */
  async complete(): Promise<void> {
    await this.file.sync()
    await this.file.close()
    await rename(this.temporary, this.path)
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.file.close().catch(() => undefined)
    await rm(this.temporary, { force: true })
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done)
    done += bytesWritten
  }
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

function littleEndianBytes(values: Float64Array): Uint8Array {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  return isLittleEndian ? bytes : Buffer.from(bytes).swap64()
}
