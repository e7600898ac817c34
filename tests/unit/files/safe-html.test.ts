import { expect, test } from 'vitest'
import { safeHtml, trustedMarkup } from '../../../src-main/files/safe-html'

test('what is put in is text, in elements and in attributes', () => {
  const hostile = '<script>alert("1")</script> & \u0007'
  expect(safeHtml`<p title="${hostile}">${hostile}${3}${null}</p>`.text).toBe(
    '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; ">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; 3</p>'
  )
})

test('pieces made here stay as they are, in lists too', () => {
  const items = ['a', '<b>'].map((item) => safeHtml`<li>${item}</li>`)
  expect(safeHtml`<ul>${items}${trustedMarkup('<hr>')}</ul>`.text).toBe(
    '<ul><li>a</li><li>&lt;b&gt;</li><hr></ul>'
  )
})
