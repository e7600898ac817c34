import { crc32 } from 'node:zlib'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { pngFromSvg } from '../../../src-main/files/png'
import { renderFigure } from '../../../src-main/files/svg'

const option = {
  textStyle: { fontFamily: 'Inter, sans-serif' },
  graphic: { type: 'text', style: { text: 'ψ = erf′, σ < κ', fontFamily: 'Inter, sans-serif' } },
  xAxis: { type: 'value', name: 'θ' },
  yAxis: { type: 'value' },
  series: [
    {
      type: 'line',
      data: [
        [0, 1],
        [1, 2]
      ]
    }
  ]
}
const size = { width: 320, height: 200 }
const metadata = {
  title: 'A figure',
  description: 'seed 1',
  creator: 'Tangent Lab 0.1.0',
  created: '2026-11-24T12:00:00.000Z'
}

describe('renderFigure', () => {
  test('gives an SVG document of the wanted size in millimetres with its texts as text', () => {
    const svg = renderFigure(option, size, metadata)
    expect(svg).toMatch(
      /^<svg width="84.667mm" height="52.917mm" xmlns="http:\/\/www.w3.org\/2000\/svg"/
    )
    expect(svg).toContain('viewBox="0 0 320 200"')
    expect(svg).toMatch(/<text [^>]*font-family:Inter[^>]*>ψ = erf′, σ &lt; κ<\/text>/)
  })

  test('says what it shows and where it comes from, escaped and without control characters', () => {
    const said = { ...metadata, title: 'a < "b"\u0007', description: 'R & D' }
    const texts = elementsOf(renderFigure(option, size, said))
    expect(texts.get('title')).toBe('a < "b"')
    expect(texts.get('desc')).toBe('R & D')
    expect(texts.get('dc:title')).toBe('a < "b"')
    expect(texts.get('dc:publisher')).toBe('Tangent Lab 0.1.0')
    expect(texts.get('dc:date')).toBe(metadata.created)
  })

  test('places texts by their baseline alone', () => {
    const svg = renderFigure(option, size, metadata)
    expect(svg).not.toContain('dominant-baseline')
    const ys = [...svg.matchAll(/<text y="([-\d.]+)"/g)].map(([, y]) => Number(y))
    expect(ys.length).toBeGreaterThan(4)
    expect(ys.every(Number.isFinite)).toBe(true)
  })

  test('is the same for the same option, also after another figure', () => {
    const first = renderFigure(option, size, metadata)
    renderFigure(
      { ...option, graphic: { type: 'text', style: { text: 'another' } } },
      size,
      metadata
    )
    expect(renderFigure(option, size, metadata)).toBe(first)
    expect(first).toMatch(/<clipPath id="c0">/)
    expect(first).toMatch(/clip-path="url\(#c0\)"/)
    expect(first).not.toMatch(/class=|<style/)
  })
})

describe('pngFromSvg', () => {
  test('has the document’s size at the wanted resolution, and says so', () => {
    const chunks = chunksOf(pngFromSvg(renderFigure(option, size, metadata), { dotsPerInch: 300 }))
    expect(chunks.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['IHDR', 'pHYs', 'IDAT', 'IEND'])
    )
    expect(chunks.findIndex(({ type }) => type === 'pHYs')).toBe(1)
    const header = chunks[0]!.content
    expect([header.readUInt32BE(0), header.readUInt32BE(4)]).toEqual([1000, 625])
    const resolution = chunks[1]!.content
    expect([resolution.readUInt32BE(0), resolution.readUInt32BE(4)]).toEqual([11811, 11811])
    expect(resolution.readUInt8(8)).toBe(1)
  })

  test.each('α η θ κ π σ φ ψ ₀ ³ ′ − ∞ √ ± × ½'.split(' '))(
    'has a glyph of its own for %s',
    (character) => {
      expect(drawn(character).equals(drawn('\u{10ffff}'))).toBe(false)
      expect(drawn(character).equals(drawn(' '))).toBe(false)
    }
  )

  test('draws letters apart from each other, and the weights too', () => {
    expect(drawn('ψ').equals(drawn('φ'))).toBe(false)
    expect(drawn('ψ', 600).equals(drawn('ψ', 400))).toBe(false)
  })

  test('never falls back to typefaces of the machine', () => {
    const other = drawn('ψ').equals(drawn('ψ', 400, "'DejaVu Serif'"))
    expect(other).toBe(true)
  })
})

/** The text of every element by its name, by a parser that refuses what is not well-formed XML. */
function elementsOf(svg: string): Map<string, string> {
  const texts = new Map<string, string>()
  const open: string[] = []
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => open.push(name))
  parser.on('closetag', () => open.pop())
  parser.on('text', (text) => {
    const name = open.at(-1) ?? ''
    texts.set(name, (texts.get(name) ?? '') + text)
  })
  parser.write(svg).close()
  return texts
}

function drawn(character: string, weight = 400, family = 'Inter'): Buffer {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">' +
    `<text x="5" y="30" style="font-size:24px;font-family:${family};font-weight:${weight}">${character}</text></svg>`
  return Buffer.from(pngFromSvg(svg, { dotsPerInch: 96 }))
}

/** A PNG file's chunks; fails unless every byte belongs to one and every checksum is right. */
function chunksOf(png: Uint8Array): { type: string; content: Buffer }[] {
  const bytes = Buffer.from(png)
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]))
  const chunks = []
  let at = 8
  while (at < bytes.length) {
    const length = bytes.readUInt32BE(at)
    const content = bytes.subarray(at + 8, at + 8 + length)
    const checked = bytes.subarray(at + 4, at + 8 + length)
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(checked))
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), content })
    at += length + 12
  }
  expect(at).toBe(bytes.length)
  return chunks
}
