import { escapedMarkup } from './markup'

/** A piece of a document that needs no more escaping: only safeHtml and trustedMarkup make one. */
export class SafeHtml {
  constructor(readonly text: string) {}
}

type Content = SafeHtml | string | number | null | readonly Content[]

/**
 * HTML in which everything put in is text, but for other pieces made here: nothing that users write
 * becomes an element.
 */
export function safeHtml(strings: TemplateStringsArray, ...contents: readonly Content[]): SafeHtml {
  return new SafeHtml(
    strings.reduce((text, string, i) => text + markupOf(contents[i - 1] ?? '') + string)
  )
}

/** Markup that is safe by its making, such as a drawn figure or a note. */
export function trustedMarkup(text: string): SafeHtml {
  return new SafeHtml(text)
}

function markupOf(content: Content): string {
  if (content instanceof SafeHtml) return content.text
  if (typeof content === 'string' || typeof content === 'number') {
    return escapedMarkup(String(content))
  }
  return content === null ? '' : content.map(markupOf).join('')
}
