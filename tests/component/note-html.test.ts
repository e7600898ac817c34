import { describe, expect, it } from 'vitest'
import { noteHtml } from '@shared/organise/note-html'

describe('a note as HTML', () => {
  it('has emphasis, lists, code and tables', () => {
    const html = noteHtml(
      'See **Figure 3**:\n\n- `κ = 0.2`\n\n| m | loss |\n|---|-----:|\n| 1 | 0.5 |'
    )
    expect(noteHtml('# Plan')).toBe('<h3>Plan</h3>\n')
    expect(html).toContain('<strong>Figure 3</strong>')
    expect(html).toContain('<li><code>κ = 0.2</code></li>')
    expect(html).toContain('<td style="text-align:right">0.5</td>')
  })

  it.each([
    '<script>alert(1)</script>',
    'a <img src=x onerror=alert(1)> b',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](file:///etc/passwd)',
    '<javascript:alert(1)>',
    '![x](https://example.org/seen.png)',
    '![x][y]\n\n[y]: https://example.org/seen.png',
    '| a |\n|---|\n| <iframe src=x></iframe> |'
  ])('runs and fetches nothing: %s', (markdown) => {
    const page = new DOMParser().parseFromString(noteHtml(markdown), 'text/html')
    expect(page.querySelectorAll('script, img, iframe, [onerror]')).toHaveLength(0)
    for (const link of page.querySelectorAll('a')) {
      expect(link.getAttribute('href')).toMatch(/^(https:|$)/)
    }
  })

  it.each(['>', '[', '*a ', '- a\n', '`a', '|a|\n|-|\n', '[a]('])(
    'takes a note of the greatest length, of nothing but %j',
    (piece) => {
      expect(noteHtml(piece.repeat(Math.floor(100_000 / piece.length)))).toContain('<')
    }
  )
})
