import { z } from 'zod'

/** What went wrong, as a caller can act on it. */
export const errorCodes = [
  'invalid-request',
  'not-found',
  'session-unusable',
  /** Another process has it open for writing; it can be read. */
  'session-in-use',
  /** Its file is damaged; a backup may be restored. */
  'session-damaged',
  'session-read-only',
  'session-newer',
  'diverged',
  'engine-unavailable',
  'file-problem',
  'internal'
] as const

/** An error as it crosses a process boundary. */
export const transportedErrorSchema = z.object({
  code: z.enum(errorCodes),
  /** What happened, which value, what to do. */
  message: z.string()
})
export type TransportedError = z.infer<typeof transportedErrorSchema>

/** An error that users are meant to read; anything else thrown is a bug. */
export class LabError extends Error {
  override readonly name = 'LabError'

  constructor(
    readonly code: TransportedError['code'],
    message: string,
    options?: ErrorOptions
  ) {
    super(message, options)
  }
}

/** A thrown value as it crosses a process boundary. */
export function transportedError(thrown: unknown): TransportedError {
  if (thrown instanceof LabError) return { code: thrown.code, message: thrown.message }
  if (thrown instanceof z.ZodError) {
    return { code: 'invalid-request', message: describeProblems(thrown) }
  }
  return { code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) }
}

/** A schema's complaints in one line: where, and what is wrong there. */
export function describeProblems(error: z.ZodError): string {
  return error.issues
    .map((issue) => {
      const place = issue.path.join('.')
      return place === '' ? issue.message : `${place}: ${issue.message}`
    })
    .join('; ')
}
