import MarkdownIt from 'markdown-it'

/** Headings of notes stand below those of the pages that show them. */
const LOWERED = 2

/** HTML that users write is text, and images are links: nothing in a note is run or fetched. */
const markdown = new MarkdownIt({ html: false, linkify: false }).disable('image')
markdown.core.ruler.push('lower-headings', ({ tokens }) => {
  for (const token of tokens.filter(({ type }) => type.startsWith('heading_'))) {
    token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + LOWERED)}`
  }
})

/** A note's Markdown (CommonMark, with tables and strikethrough) as HTML that is safe in any page. */
export function noteHtml(note: string): string {
  return markdown.render(note)
}
