import { stringify } from 'csv-stringify/sync'

/** Rows that become text at once. */
const BATCH = 4096

/**
 * A table as CSV (RFC 4180, lines end with a line feed): one row of names, then numbers with all digits
 * that tell them apart; nothing between two commas is no value.
 *
 * @param rows are asked for as the text is read
 */
export function* csvBytes(
  columns: readonly string[],
  rows: Iterable<readonly (number | string | boolean | null)[]>
): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  const text = (batch: (readonly unknown[])[]): Uint8Array =>
    encoder.encode(
      stringify(batch, {
        cast: {
          // Strings lose the sign of -0.
          number: (value) => (Object.is(value, -0) ? '-0' : String(value)),
          boolean: String
        }
      })
    )
  let batch: (readonly unknown[])[] = [columns]
  for (const row of rows) {
    batch.push(row)
    if (batch.length < BATCH) continue
    yield text(batch)
    batch = []
  }
  if (batch.length > 0) yield text(batch)
}
