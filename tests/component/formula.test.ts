import { render } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import { activations } from '@shared/design/activation'
import { surrogates } from '@shared/design/surrogate'
import Formula from '../../src-renderer/parts/Formula.svelte'

describe('a formula', () => {
  it('is typeset, with MathML beside it', () => {
    const { container } = render(Formula, { tex: String.raw`\frac{2m}{\sqrt{\pi}}` })
    expect(container.querySelector('math mfrac msqrt mi')?.textContent).toBe('π')
    expect(container.querySelector('.katex-html .mfrac')).not.toBeNull()
  })

  it('that is not TeX is an error, not a smudge', () => {
    expect(() => render(Formula, { tex: String.raw`\frac{1}` })).toThrow(/KaTeX/)
  })

  const means = Object.values(surrogates).flatMap(({ meanFormula }) => meanFormula ?? [])
  const formulas = [...Object.values(activations), ...Object.values(surrogates)]
  it.each([...formulas.map(({ formula }) => formula), ...means])(
    'of the registries is read: %s',
    (tex) => {
      const { container } = render(Formula, { tex })
      expect(container.querySelector('.katex-error')).toBeNull()
      expect(container.querySelector('math')).not.toBeNull()
    }
  )
})
