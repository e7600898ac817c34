import { readFile } from 'node:fs/promises'
import { app, protocol, type Session } from 'electron'
import { contentSecurityPolicy } from './content-security-policy'
import { isAllowedRequest, originOf } from './origins'
import { APP_ORIGIN, staticFile } from './static-files'

/** Must run before the application is ready. */
export function declareProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }
  ])
}

/**
 * Locks a browser session down: pages come from `folder` alone, nothing is fetched from a network,
 * every permission is denied.
 *
 * @param developmentOrigin Vite's server, in development
 */
export function secureSession(
  session: Session,
  folder: string,
  developmentOrigin: string | null
): void {
  session.protocol.handle('app', async ({ url }) => {
    const file = staticFile(url, folder)
    if (!file) return new Response('not found', { status: 404 })
    try {
      return new Response(new Uint8Array(await readFile(file.path)), {
        headers: {
          'content-type': file.contentType,
          'content-security-policy': contentSecurityPolicy,
          'x-content-type-options': 'nosniff'
        }
      })
    } catch {
      return new Response('not found', { status: 404 })
    }
  })
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isAllowedRequest(details.url, developmentOrigin) })
  })
  session.setSpellCheckerEnabled(false)
}

/** Denies navigation, new windows and embedded pages in everything that shows a page. */
export function secureContents(developmentOrigin: string | null): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
    })
    const stayHome = (event: { url: string; preventDefault: () => void }): void => {
      if (originOf(event.url) !== (developmentOrigin ?? APP_ORIGIN)) event.preventDefault()
    }
    contents.on('will-navigate', stayHome)
    contents.on('will-frame-navigate', stayHome)
    contents.on('will-redirect', stayHome)
  })
}
