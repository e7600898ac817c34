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

/** The page's policy in the built application: nothing remote, no inline script or style element. */
export const contentSecurityPolicy = [
  ...everywhere,
  "style-src-elem 'self'",
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
