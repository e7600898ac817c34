/**
 * A number in JSON with all digits that tell it apart. JSON has no infinities: they are the texts
 * "Infinity" and "-Infinity", and not-a-number is "NaN", which JavaScript and Python read as numbers.
 */
export function exactJsonNumber(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`
  return Object.is(value, -0) ? '-0' : String(value)
}

/** Bytes of a text that comes in small pieces, in larger ones. */
export function* gathered(pieces: Iterable<string>, size = 1 << 16): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  let pending = ''
  for (const piece of pieces) {
    pending += piece
    if (pending.length < size) continue
    yield encoder.encode(pending)
    pending = ''
  }
  if (pending !== '') yield encoder.encode(pending)
}
