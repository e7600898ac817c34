import { extname, resolve, sep } from 'node:path'

/** The origin of the built page. */
export const APP_ORIGIN = 'app://tangent'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf'
}

/** A file that the page may load. */
export interface StaticFile {
  readonly path: string
  readonly contentType: string
}

/**
 * The file behind a URL of the page's own origin; null for anything else: another origin, a path that
 * leaves the folder, an unknown kind of file.
 *
 * @param folder absolute path of the built page
 */
export function staticFile(url: string, folder: string): StaticFile | null {
  if (!URL.canParse(url)) return null
  const { protocol, host, pathname } = new URL(url)
  if (`${protocol}//${host}` !== APP_ORIGIN) return null
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null
  const path = resolve(folder, `.${decoded === '/' ? '/index.html' : decoded}`)
  const contentType = contentTypes[extname(path)]
  return path.startsWith(folder + sep) && contentType ? { path, contentType } : null
}
