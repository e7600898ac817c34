import { createHash } from 'node:crypto'

const everywhere = [
  "default-src 'none'",
  "script-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
]

/**
 * The texts of the one style element that the page makes for itself: paneforge sets the pointer while
 * the border between two panes is dragged. An empty element comes first.
 */
const paneCursors = ['ew-resize', 'w-resize', 'e-resize']
const pageStyles = ['', ...paneCursors.map((cursor) => `*{cursor: ${cursor}!important;}`)]
const pageStyleHashes = pageStyles.map(
  (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
)

/** The page's policy in the built application: nothing remote, no inline script, no other inline style element. */
export const contentSecurityPolicy = [
  ...everywhere,
  `style-src-elem 'self' ${pageStyleHashes.join(' ')}`,
  "style-src-attr 'unsafe-inline'",
  "connect-src 'self'"
].join('; ')

/** The same with what Vite's live reload needs, for development alone. */
export const developmentContentSecurityPolicy = [
  // Browsers ignore frame-ancestors in a page, and say so.
  ...everywhere.filter((directive) => !directive.startsWith('frame-ancestors')),
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self' ws:"
].join('; ')
