import type { Session } from '../session/session'
import type { Handlers } from './handlers'
import type { RunControl } from './jobs/run-control'

/** The channels of the queue. */
export type QueueChannel = 'queue.show' | 'queue.hold' | 'queue.move' | 'queue.take-up'

/**
 * What answers these channels.
 *
 * @param session the open one
 */
export function queueHandlers(
  session: () => Session,
  runs: RunControl
): Pick<Handlers, QueueChannel> {
  return {
    'queue.show': () => runs.queueState(session()),
    'queue.hold': ({ held }) => {
      runs.hold(held)
      return {}
    },
    'queue.move': ({ id, to }) => {
      runs.move(session(), id, to)
      return {}
    },
    'queue.take-up': () => ({ runIds: runs.takeUp(session()) })
  }
}
