import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const MAXIMUM_BYTES = 2 ** 20

/**
 * Appends lines to main.log in a folder; a log that grows past 1 MiB becomes main.old.log. What
 * cannot be logged, as on a full disk, is dropped: the work that is logged must not fail for it.
 */
export class Log {
  private readonly path: string

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true })
    this.path = join(folder, 'main.log')
  }

  write(source: 'main' | 'engine', text: string): void {
    const stamp = new Date().toISOString()
    const lines = text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => `${stamp} ${source}: ${line}\n`)
    if (lines.length === 0) return
    try {
      if (existsSync(this.path) && statSync(this.path).size > MAXIMUM_BYTES) {
        renameSync(this.path, join(this.folder, 'main.old.log'))
      }
      appendFileSync(this.path, lines.join(''))
    } catch (error) {
      console.warn(`the log ${this.path} cannot be written:`, error)
    }
  }
}
