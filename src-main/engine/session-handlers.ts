import type { EventListener, Handlers } from './handlers'
import type { RunControl } from './jobs/run-control'
import type { SessionKeeper } from './session-keeper'

/** The channels about the session's file. */
export type SessionChannel =
  | 'session.describe'
  | 'session.open'
  | 'session.copy'
  | 'session.verify'
  | 'session.compact'
  | 'session.restore'

/**
 * What answers these channels.
 *
 * @param keeper has the open session
 * @param runs are stopped before the session changes
 * @param emit told of every change
 */
export function sessionHandlers(
  keeper: SessionKeeper,
  runs: RunControl,
  emit: EventListener
): Pick<Handlers, SessionChannel> {
  return {
    'session.describe': () => keeper.opened.summary(),
    'session.open': async ({ path, readOnly = false }) => {
      await runs.stopAll()
      return (await keeper.open(path, readOnly)).summary()
    },
    'session.copy': async ({ path }) => {
      await keeper.copyTo(path)
      return {}
    },
    'session.verify': () => keeper.verify(),
    'session.compact': () => {
      runs.requireIdle('compact the session')
      const report = keeper.opened.compact()
      emit('session.changed', keeper.opened.summary())
      return report
    },
    'session.restore': async ({ path }) => {
      await runs.stopAll()
      return keeper.restore(path)
    }
  }
}
