import type { z } from 'zod'
import { describeProblems, LabError } from '@shared/protocol/errors'

/**
 * The text of a JSON column. The value is checked first, so that nothing is stored that could not be
 * read again (JSON turns NaN and infinities into null).
 *
 * @throws {z.ZodError} when the value does not fit the schema
 */
export function writeJson<S extends z.ZodType>(schema: S, value: z.input<S>): string {
  return JSON.stringify(schema.parse(value))
}

/**
 * The value of a JSON column.
 *
 * @param place which row and column, for the message
 * @throws {LabError} session-unusable when it is not JSON or does not fit the schema
 */
export function readJson<S extends z.ZodType>(schema: S, text: string, place: string): z.output<S> {
  const parsed = validated(schema, parseText(text, place), place)
  if (!parsed.success) throw unreadable(place, describeProblems(parsed.error))
  return parsed.data
}

function validated<S extends z.ZodType>(schema: S, value: unknown, place: string) {
  try {
    return schema.safeParse(value)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw unreadable(place, 'it is nested too deeply', cause)
  }
}

function parseText(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw unreadable(place, 'it is not JSON', cause)
  }
}

function unreadable(place: string, why: string, cause?: unknown): LabError {
  return new LabError('session-unusable', `The session's ${place} cannot be read: ${why}.`, {
    cause
  })
}
