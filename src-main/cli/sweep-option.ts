import { InvalidArgumentError } from 'commander'
import { sweepAxisSchema, type SweepAxis } from '@shared/design/sweep'
import { parseSweepValues } from '@shared/design/sweep-values'
import { transportedError } from '@shared/protocol/errors'

/**
 * One axis of a sweep from such as "seed=1..5", "surrogate.beta=1,5,25" or
 * 'surrogate=[{"name":"triangular","a":2},{"name":"ste"}]', added to those before it.
 */
export function parseSweepAxis(text: string, before: readonly SweepAxis[] = []): SweepAxis[] {
  const equals = text.indexOf('=')
  try {
    if (equals < 1) throw new Error('a sweep is a parameter and its values, such as seed=1..5')
    const parameter = text.slice(0, equals).trim()
    const values = parseSweepValues(text.slice(equals + 1))
    return [...before, sweepAxisSchema.parse({ parameter, values })]
  } catch (error) {
    throw new InvalidArgumentError(`${transportedError(error).message}.`)
  }
}
