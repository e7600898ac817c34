import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import type { z } from 'zod'
import { mainChannels, type MainChannel } from '@shared/protocol/bridge'
import { LabError, transportedError } from '@shared/protocol/errors'
import type { Answer } from './answer'
import type { Log } from './log'
import { originOf } from './origins'

type Request<C extends MainChannel> = z.infer<(typeof mainChannels)[C]['request']>
type Result<C extends MainChannel> = z.infer<(typeof mainChannels)[C]['result']>

/** One handler for every channel of the page. */
export type MainHandlers = {
  readonly [C in MainChannel]: (request: Request<C>) => Result<C> | Promise<Result<C>>
}

/**
 * Answers the page's channels: only its main frame, only from its own origin, only requests of their
 * schema.
 */
export function registerChannels(
  window: () => BrowserWindow | null,
  pageOrigin: string,
  handlers: MainHandlers,
  log: Log
): void {
  const isPage = ({ senderFrame }: IpcMainInvokeEvent): boolean =>
    senderFrame !== null &&
    senderFrame === window()?.webContents.mainFrame &&
    originOf(senderFrame.url) === pageOrigin
  for (const channel of Object.keys(mainChannels) as MainChannel[]) {
    ipcMain.handle(channel, async (event, data: unknown): Promise<Answer> => {
      try {
        if (!isPage(event)) throw new LabError('invalid-request', 'not asked by the application')
        const request = mainChannels[channel].request.parse(data)
        const handler = handlers[channel] as (request: unknown) => unknown
        return { ok: true, value: await handler(request) }
      } catch (error) {
        const transported = transportedError(error)
        log.write('main', `${channel}: ${transported.code}: ${transported.message}`)
        return { ok: false, error: transported }
      }
    })
  }
}
