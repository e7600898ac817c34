import { join } from 'node:path'
import { app, dialog } from 'electron'
import type { Log } from './log'

/** Logs what nobody caught, and says so in a dialog, one at a time. */
export function reportUncaught(log: Log, logFolder: string): void {
  let isShown = false
  const report = (problem: unknown): void => {
    const error = problem instanceof Error ? problem : new Error(String(problem))
    log.write('main', error.stack ?? error.message)
    if (isShown || !app.isReady()) return
    isShown = true
    const box = {
      type: 'error',
      title: 'Tangent Lab',
      message: 'Tangent Lab met an unexpected problem.',
      detail: `${error.message}\n\nThe log has more: ${join(logFolder, 'main.log')}`
    } as const
    void dialog.showMessageBox(box).finally(() => {
      isShown = false
    })
  }
  process.on('uncaughtException', report)
  process.on('unhandledRejection', report)
}
