import { transportedError } from '@shared/protocol/errors'
import type { Channel } from '@shared/protocol/channels'
import { toEngineSchema, type FromEngine } from '@shared/protocol/messages'
import { LabError } from '@shared/protocol/errors'
import type { Engine } from './engine'

/** What a window may not ask: which files are read and written is for the main process to say. */
const MAIN_ONLY: ReadonlySet<Channel> = new Set<Channel>([
  'session.open',
  'session.copy',
  'session.restore',
  'dataset.preview',
  'dataset.import',
  'export.data',
  'export.bundle',
  'export.report',
  'bundle.import'
])

/**
 * Answers one message from a port. Anything that is not a request of the protocol is dropped with a
 * line in the log: there is no request to answer.
 *
 * @param role who sits at the other end
 */
export async function answer(
  engine: Engine,
  role: 'main' | 'window',
  data: unknown,
  post: (message: FromEngine) => void
): Promise<void> {
  const parsed = toEngineSchema.safeParse(data)
  if (!parsed.success) {
    console.warn(`engine: dropped a message that is no request: ${parsed.error.message}`)
    return
  }
  const { id, channel, payload } = parsed.data
  try {
    if (role === 'window' && MAIN_ONLY.has(channel)) {
      throw new LabError('invalid-request', `${channel} is not open to windows`)
    }
    post({ type: 'result', id, payload: await engine.handle(channel, payload as never) })
  } catch (error) {
    const transported = transportedError(error)
    if (transported.code === 'internal') console.error(error)
    post({ type: 'failed', id, error: transported })
  }
}
