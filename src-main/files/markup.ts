/**
 * Text for XML and HTML, in elements and in quoted attributes. Names given by users may hold control
 * characters, which XML has no way to write: they are left out.
 */
export function escapedMarkup(text: string): string {
  return text
    .replaceAll(/[^\P{Cc}\t\n\r]|[\p{Cs}\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
