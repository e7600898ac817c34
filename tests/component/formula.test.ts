import { render } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import { activations } from '@shared/design/activation'
import { surrogates } from '@shared/design/surrogate'
import Formula from '../../src-renderer/parts/Formula.svelte'

const markup = (tex: string) =>
  render(Formula, { tex })
    .container.querySelector('math')
    ?.innerHTML.replace(/<!--.*?-->|\s+/g, '')

describe('a formula', () => {
  it('is shown in MathML', () => {
    expect(markup(String.raw`\frac{2m}{\sqrt{\pi}}e^{-z^2}`)).toBe(
      '<mrow><mfrac><mrow><mn>2</mn><mi>m</mi></mrow><mrow><msqrt><mrow><mi>π</mi></mrow></msqrt></mrow></mfrac>' +
        '<msup><mi>e</mi><mrow><mostretchy="false">−</mo><msup><mi>z</mi><mn>2</mn></msup></mrow></msup></mrow>'
    )
  })

  it('names a command that it does not know', () => {
    expect(markup(String.raw`\operatorname{sign}\unknown_1`)).toBe(
      '<mrow><mimathvariant="normal">sign</mi><msub><mimathvariant="normal">unknown</mi><mn>1</mn></msub></mrow>'
    )
  })

  it.each([...Object.values(activations), ...Object.values(surrogates)].map((one) => one.formula))(
    'of the registries is read: %s',
    (tex) => {
      const { container } = render(Formula, { tex })
      expect(container.textContent).not.toMatch(/[\\{}]/)
    }
  )
})
