import { describe, expect, it } from 'vitest'
import { lossFigure } from '@shared/figures/loss-figure'
import { renderSvg, textsOf } from './render'
import { syntheticLossView } from './synthetic-views'

const style = { theme: 'light', provenance: false } as const

describe('the loss figure', () => {
  it('sets step 0 apart on a logarithmic axis and says so', () => {
    const svg = renderSvg(lossFigure(syntheticLossView()), style)
    expect(textsOf(svg)).toEqual([
      'width 200',
      'training step (step 0 set apart)',
      'loss (½ Σ squared error)',
      '0.1',
      '1',
      '10',
      '0',
      '1',
      '10',
      '100',
      '1000',
      'mean loss',
      '5–95 % of networks',
      'predicted loss'
    ])
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('keeps the vertical axis’s name inside whatever the labels are', () => {
    const view = syntheticLossView()
    const predicted = view.predicted.map((value, i) => value * 10 ** (-i / 2))
    const svg = renderSvg(lossFigure({ ...view, predicted }), style)
    expect(textsOf(svg)).toContain('10⁻⁶')
    const name = /<text[^>]*transform="matrix\(0,-1,1,0,([\d.-]+),[^>]*>loss/.exec(svg)
    expect(Number(name?.[1])).toBeGreaterThan(10)
  })

  it('does without a prediction while a run is in progress', () => {
    const view = syntheticLossView({ predicted: new Float64Array() })
    const texts = textsOf(renderSvg(lossFigure(view), style))
    expect(texts).toContain('mean loss')
    expect(texts).not.toContain('predicted loss')
  })

  it.each([
    ['no step at all', []],
    ['step 0 alone', [0]],
    ['equal losses', [0, 1, 2]]
  ])('draws %s', (_, steps) => {
    const ones = Float64Array.from(steps, () => 1)
    const view = { steps: Float64Array.from(steps), mean: ones, low: ones, high: ones }
    const svg = renderSvg(lossFigure(syntheticLossView({ ...view, predicted: ones })), style)
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('draws losses that are zero or not finite as gaps', () => {
    const view = syntheticLossView()
    const low = view.low.map((value, i) => (i % 3 === 0 ? 0 : value))
    const mean = view.mean.map((value, i) => (i === 5 ? NaN : value))
    const svg = renderSvg(lossFigure({ ...view, low, mean }), style)
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  })
})
