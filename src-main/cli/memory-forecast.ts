import { totalmem } from 'node:os'
import { LabError } from '@shared/protocol/errors'

/** From this on users are told before the work starts. */
const WORTH_SAYING = 2 ** 28

/**
 * Says on standard error what memory a computation is about to take, where that is much.
 *
 * @param what the field that decides it, and its size
 * @throws {LabError} 'invalid-request' where this machine does not have it
 */
export function forecastMemory(what: string, bytes: number): void {
  const total = totalmem()
  if (bytes > 0.8 * total) {
    throw new LabError(
      'invalid-request',
      `${what} would take about ${gigabytes(bytes)} of memory, but this machine has ` +
        `${gigabytes(total)}: state fewer points`
    )
  }
  if (bytes > WORTH_SAYING) {
    process.stderr.write(`tangent: ${what}: about ${gigabytes(bytes)} of memory\n`)
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toPrecision(2)} GiB`
}
