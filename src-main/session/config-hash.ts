import { createHash } from 'node:crypto'

/** SHA-256, in hexadecimal, of a configuration's canonical JSON: equal for equal experiments or studies. */
export function configHash(configuration: object): string {
  return createHash('sha256').update(canonicalJson(configuration)).digest('hex')
}

/** JSON with the keys of every object in the order of their UTF-16 code units. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isRecord(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
