import { existsSync, readFileSync } from 'node:fs'
import type { z } from 'zod'
import { describeProblems, LabError } from '@shared/protocol/errors'

/**
 * Reads JSON from a file, or from standard input for "-", and checks it against a schema.
 *
 * @throws {LabError} 'not-found' or 'invalid-request' naming the file and the problem
 */
export function readJsonInput<Schema extends z.ZodType>(
  path: string,
  schema: Schema
): z.infer<Schema> {
  const name = path === '-' ? 'standard input' : path
  const text = readTextInput(path)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new LabError('invalid-request', `${name} is not JSON: ${reason}`, { cause })
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new LabError('invalid-request', `${name}: ${describeProblems(parsed.error)}`)
}

/**
 * The text of a file, or of standard input for "-".
 *
 * @throws {LabError} 'not-found'
 */
export function readTextInput(path: string): string {
  if (path !== '-' && !existsSync(path)) throw new LabError('not-found', `no file ${path}`)
  return readFileSync(path === '-' ? 0 : path, 'utf8')
}

/** @throws {LabError} 'not-found' where there is no such session file: reading must not make one */
export function requireSession(path: string): void {
  if (!existsSync(path)) throw new LabError('not-found', `no session file ${path}`)
}
