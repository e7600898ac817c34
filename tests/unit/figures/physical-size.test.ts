import { join } from 'node:path'
import * as fontkit from 'fontkit'
import { describe, expect, it } from 'vitest'
import { figureSizes, pixelsFromMm, pixelsFromPoints } from '@shared/figures/figure-size'
import { functionFigure } from '@shared/figures/function-figure'
import { lossFigure } from '@shared/figures/loss-figure'
import { palettes } from '@shared/figures/palette'
import { textWidth, wrappedText } from '@shared/figures/text-width'
import { renderSvg } from './render'
import { gridPlot, heatmapPlot } from './sample-plots'
import { syntheticFunctionView, syntheticLossView } from './synthetic-views'

const font = (name: string) =>
  fontkit.openSync(
    join(import.meta.dirname, `../../../resources/fonts/${name}.ttf`)
  ) as fontkit.Font
const regular = font('Inter-Regular')
const semiBold = font('Inter-SemiBold')

/** A text's width by the typeface itself, without kerning. */
function measured(text: string, size: number, from = regular): number {
  const advances = Array.from(
    text,
    (c) => from.glyphForCodePoint(c.codePointAt(0) ?? 0).advanceWidth
  )
  return (advances.reduce((sum, width) => sum + width, 0) / from.unitsPerEm) * size
}

const samples = [
  'predicted ± 1.96 s.d.',
  'members (50 of 300)',
  'loss (½ Σ squared error)',
  'Tangent Lab 0.1.0 · φ = sign, ψ = erf_prime(m = 1) · L = 2, σ_w = 1, σ_b = 0.1, κ = 1',
  '10⁻⁵ −π/2 0.025 @%&{}[]|~^"WMQ'
]

describe('text widths', () => {
  it.each(samples)('are those of the typeface, at most a little more: %s', (text) => {
    for (const [weight, from, most] of [
      [400, regular, 1.05],
      [600, semiBold, 1.12]
    ] as const) {
      const ratio = textWidth(text, 10, weight) / measured(text, 10, from)
      expect(ratio).toBeGreaterThanOrEqual(1)
      expect(ratio).toBeLessThan(most)
    }
  })

  it('break lines between words where they would be too wide', () => {
    const text = samples[3] ?? ''
    const lines = wrappedText(text, 8, 150)
    expect(lines.length).toBeGreaterThan(2)
    expect(lines.join(' ')).toBe(text)
    expect(lines.every((line) => measured(line, 8) <= 150)).toBe(true)
    expect(wrappedText('unbreakable', 8, 1)).toEqual(['unbreakable'])
  })
})

interface Text {
  readonly text: string
  readonly size: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The texts of a drawing with the boxes of their letters, upright ones alone. */
function textBoxes(svg: string): Text[] {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].flatMap(
    ([, attributes = '', raw = '']) => {
      const place = /transform="translate\(([-\d.]+) ([-\d.]+)\)"/.exec(attributes)
      if (!place) return []
      const text = raw.replaceAll('&lt;', '<').replaceAll('&amp;', '&')
      const number = (name: string) =>
        Number(new RegExp(` ${name}="([-\\d.]+)"`).exec(attributes)?.[1] ?? 0)
      const size = Number(/font-size:([\d.]+)px/.exec(attributes)?.[1])
      const bold = attributes.includes('font-weight:600')
      const width = measured(text, size, bold ? semiBold : regular)
      const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1] ?? 'start'
      const x = Number(place[1]) + number('x')
      const left =
        x - { start: 0, middle: width / 2, end: width }[anchor as 'start' | 'middle' | 'end']
      // Letters with their ascenders and descenders, around the middle that ECharts places them by.
      const middle = Number(place[2]) + number('y')
      return [
        {
          text,
          size,
          left,
          right: left + width,
          top: middle - 0.37 * size,
          bottom: middle + 0.5 * size
        }
      ]
    }
  )
}

describe.each(['single', 'double', 'slide'] as const)('a figure of size %s', (name) => {
  const { widthMm, heightMm, fontSize } = figureSizes[name]
  const [width, height] = [pixelsFromMm(widthMm), pixelsFromMm(heightMm)]
  const style = { theme: 'print', provenance: true, fontSize } as const
  const long = { conditionLabel: 'm of the activation = 12.5', ensembleSize: 1000 }
  const drawings = {
    function: renderSvg(functionFigure(syntheticFunctionView(long)), style, width, height),
    loss: renderSvg(lossFigure(syntheticLossView(long)), style, width, height),
    grid: renderSvg(gridPlot(), style, width, height),
    heatmap: renderSvg(heatmapPlot(), style, width, height)
  }

  it.each(['function', 'loss', 'grid', 'heatmap'] as const)(
    'keeps every text of the %s figure inside and apart',
    (figure) => {
      const boxes = textBoxes(drawings[figure])
      expect(boxes.length).toBeGreaterThan(10)
      for (const box of boxes) {
        expect(box.left, box.text).toBeGreaterThanOrEqual(0)
        expect(box.right, box.text).toBeLessThanOrEqual(width)
        expect(box.top, box.text).toBeGreaterThanOrEqual(0)
        expect(box.bottom, box.text).toBeLessThanOrEqual(height)
      }
      const overlapping = boxes.flatMap((a, i) =>
        boxes
          .slice(i + 1)
          .filter(
            (b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
          )
          .map((b) => `${a.text} / ${b.text}`)
      )
      expect(overlapping).toEqual([])
    }
  )

  it.each(['function', 'loss'] as const)(
    'has letters and lines of the wanted points in the %s figure',
    (figure) => {
      const sizes = new Set(textBoxes(drawings[figure]).map(({ size }) => size.toFixed(6)))
      expect(sizes).toEqual(
        new Set([fontSize, 0.75 * fontSize].map((points) => pixelsFromPoints(points).toFixed(6)))
      )
      const colour = palettes.print.roles.ensemble
      const mean = new RegExp(`stroke="${colour}" stroke-width="([\\d.]+)"`).exec(drawings[figure])
      expect((Number(mean?.[1]) * 72) / 96).toBeCloseTo(fontSize / 8, 1)
    }
  )
})

it('a printed figure has no lines across its axes, a light one has', () => {
  const grid = palettes.light.grid ?? ''
  const drawn = (theme: 'light' | 'print') =>
    renderSvg(lossFigure(syntheticLossView()), { theme, provenance: false })
  expect(drawn('light')).toContain(`stroke="${grid}"`)
  expect(drawn('print')).not.toContain(`stroke="${grid}"`)
})
