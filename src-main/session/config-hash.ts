import { createHash } from 'node:crypto'
import type { Experiment } from '@shared/design/experiment'

/** SHA-256, in hexadecimal, of an experiment's canonical JSON: equal for equal experiments. */
export function configHash(experiment: Experiment): string {
  return createHash('sha256').update(canonicalJson(experiment)).digest('hex')
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
