import { CommanderError } from 'commander'
import { ZodError } from 'zod'
import { LabError, transportedError } from '@shared/protocol/errors'

/** What the command line's exit codes mean. */
export const exitCodes = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const

/** The user stopped a command by Ctrl-C. */
export class Stopped extends Error {}

/** Says on standard error what went wrong; answers the exit code for it. */
export function reportFailure(error: unknown): number {
  if (error instanceof Stopped) return exitCodes.interrupted
  if (error instanceof CommanderError)
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
  const { code, message } = transportedError(error)
  process.stderr.write(`tangent: ${message}\n`)
  if (!(error instanceof LabError) && !(error instanceof ZodError)) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : ''}\n`)
  }
  return code === 'invalid-request' || code === 'not-found' ? exitCodes.usage : exitCodes.failed
}
