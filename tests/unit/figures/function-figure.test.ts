import { describe, expect, it } from 'vitest'
import { functionFigure } from '@shared/figures/function-figure'
import { palettes } from '@shared/figures/palette'
import { renderSvg, textsOf } from './render'
import { syntheticFunctionView } from './synthetic-views'

const style = { theme: 'light', provenance: true } as const

describe('the function figure', () => {
  it('names everything it draws, in one fixed order', () => {
    const svg = renderSvg(functionFigure(syntheticFunctionView()), style)
    expect(textsOf(svg).filter((text) => !/^[−\d.]+$/.test(text))).toEqual([
      'width 200, step 3000, training time t = 20.0',
      'angle θ (rad)',
      'network output',
      expect.stringMatching(/^Tangent Lab 0\.1\.0 · sign.*0198c2a4$/),
      '−π',
      '−π/2',
      'π/2',
      'π',
      'ensemble mean',
      'SG-NTK prediction',
      'predicted ± 1.96 s.d.',
      'members (n = 64)',
      'NNGP regression',
      'target',
      'training points'
    ])
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('draws the predicted band, one line a member and one mark a training point', () => {
    const view = syntheticFunctionView()
    const svg = renderSvg(functionFigure(view), style)
    const count = (pattern: RegExp) => svg.match(pattern)?.length ?? 0
    const { band, members, points } = palettes.light.roles
    expect(count(new RegExp(`<polygon [^>]*fill="${band}" [^>]*fill-opacity="0.24"`, 'g'))).toBe(1)
    expect(count(new RegExp(`<polyline [^>]*stroke="${members}" stroke-width="0.8"`, 'g'))).toBe(64)
    expect(count(new RegExp(`fill="${points}" stroke="#ffffff" stroke-width="0.28`, 'g'))).toBe(
      view.trainCoordinate.length
    )
  })

  it('tells mean, prediction and regression apart without colour', () => {
    const svg = renderSvg(functionFigure(syntheticFunctionView()), style)
    const { ensemble, prediction, nngp } = palettes.light.roles
    const dashes = (colour: string) =>
      new RegExp(`stroke="${colour}"[^>]*stroke-dasharray="([^"]+)"`).exec(svg)?.[1]
    expect([dashes(ensemble), dashes(prediction), dashes(nngp)]).toEqual([undefined, '7,5', '2,3'])
  })

  it('leaves out what is not known', () => {
    const view = syntheticFunctionView({
      testTargets: null,
      nngpMean: null,
      members: [],
      kernelName: 'analytic NTK',
      conditionLabel: 'm of the activation = 5'
    })
    const texts = textsOf(renderSvg(functionFigure(view), { ...style, provenance: false }))
    expect(texts).toContain('NTK prediction')
    expect(texts).toContain('width 200, m of the activation = 5, step 3000, training time t = 20.0')
    expect(texts).not.toContain('target')
    expect(texts).not.toContain('NNGP regression')
    expect(texts.some((text) => text.startsWith('members'))).toBe(false)
    expect(texts.some((text) => text.startsWith('Tangent Lab'))).toBe(false)
  })

  it('draws an ensemble that nothing is predicted of', () => {
    const unpredicted = { predictedMean: null, predictedDeviation: null, nngpMean: null }
    const view = syntheticFunctionView({ ...unpredicted, agreement: null })
    const svg = renderSvg(functionFigure(view), style)
    const texts = textsOf(svg)
    expect(texts).toContain('ensemble mean')
    expect(texts.filter((text) => /predict/.test(text))).toEqual([])
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('says how many of the members it draws', () => {
    const view = syntheticFunctionView()
    const plot = functionFigure({ ...view, members: view.members.slice(0, 50) })
    expect(textsOf(renderSvg(plot, style))).toContain('members (50 of 64)')
  })

  it('shows the ensemble’s own spread where asked to', () => {
    const plot = functionFigure(syntheticFunctionView(), { ensembleDeviation: true })
    expect(textsOf(renderSvg(plot, style))).toContain('ensemble ± 1.96 s.d.')
  })

  it('draws diverged members as gaps', () => {
    const view = syntheticFunctionView()
    const members = view.members.map((member, i) => (i === 0 ? member.map(() => Infinity) : member))
    const svg = renderSvg(functionFigure({ ...view, members }), style)
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('draws an input that is no angle from its smallest to its largest value', () => {
    const coordinate = Float64Array.from({ length: 100 }, (_, i) => 3 - i / 25)
    const view = syntheticFunctionView({
      coordinate,
      coordinateLabel: 'input x',
      coordinateUnit: '',
      trainCoordinate: Float64Array.of(0, 1),
      trainTargets: Float64Array.of(1, -1)
    })
    const texts = textsOf(renderSvg(functionFigure(view), style))
    expect(texts).toContain('input x')
    expect(texts).not.toContain('π')
  })
})
