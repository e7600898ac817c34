import { APP_ORIGIN } from './static-files'

/** scheme://host of a URL; Node gives "null" as the origin of schemes it does not know. */
export function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol: scheme, host } = new URL(url)
  return `${scheme}//${host}`
}

/** Whether a page may load a URL: its own files and inline data, and Vite's server in development. */
export function isAllowedRequest(url: string, developmentOrigin: string | null): boolean {
  const origin = originOf(url)
  if (origin === APP_ORIGIN || /^(data|blob|devtools):/.test(url)) return true
  if (developmentOrigin === null) return false
  return origin === developmentOrigin || origin === developmentOrigin.replace(/^http/, 'ws')
}
