import { inflateSync } from 'node:zlib'
import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import { expect, test } from 'vitest'
import { figureSizes, pixelsFromMm } from '@shared/figures/figure-size'
import { functionFigure } from '@shared/figures/function-figure'
import { plotFigure } from '@shared/figures/plot-figure'
import { pdfFromSvg } from '../../../src-main/files/pdf'
import { renderFigure } from '../../../src-main/files/svg'
import { syntheticFunctionView } from '../figures/synthetic-views'

const { widthMm, heightMm, fontSize } = figureSizes.single
const extent = { width: pixelsFromMm(widthMm), height: pixelsFromMm(heightMm) }
const metadata = {
  title: 'ψ < φ & co.',
  description: 'seed 1 · σ_w = 1',
  creator: 'Tangent Lab 0.1.0',
  created: '2026-11-24T12:00:00.000Z'
}
const style = { theme: 'print', provenance: true, fontSize, ...extent } as const
const svg = renderFigure(
  plotFigure(functionFigure(syntheticFunctionView()), style),
  extent,
  metadata
)
/** A plain array of bytes: the parser refuses Node's own kind. */
const pdf = async () => Uint8Array.from(await pdfFromSvg(svg, extent, metadata))

test('is one page of the figure’s size', async () => {
  const document = await getDocumentProxy(await pdf())
  expect(document.numPages).toBe(1)
  const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 })
  expect([width, height].map((points) => (points / 72) * 25.4)).toEqual([
    expect.closeTo(widthMm, 3),
    expect.closeTo(heightMm, 3)
  ])
})

test('holds its texts as text, Greek and signs too, at their size in points', async () => {
  const document = await getDocumentProxy(await pdf())
  const { text } = await extractText(document, { mergePages: true })
  for (const part of [
    'SG-NTK prediction',
    'predicted ± 1.96 s.d.',
    'angle θ (rad)',
    '−π/2',
    'σ_w'
  ]) {
    expect(text).toContain(part)
  }
  const { items } = await (await document.getPage(1)).getTextContent()
  const sizes = items.flatMap((item) =>
    'str' in item && item.str.trim() !== ''
      ? [Math.hypot(item.transform[0], item.transform[1])]
      : []
  )
  expect(new Set(sizes.map((points: number) => points.toFixed(3)))).toEqual(
    new Set(['8.000', '6.000'])
  )
})

test('embeds the letters used of Inter, and draws lines as lines', async () => {
  const bytes = Buffer.from(await pdf())
  const raw = bytes.toString('latin1')
  const names = [...raw.matchAll(/\/BaseFont \/([A-Z]{6}\+[\w-]+)/g)].map(([, name]) =>
    name?.slice(7)
  )
  expect(new Set(names)).toEqual(new Set(['Inter-Regular', 'Inter-SemiBold']))
  expect(raw.match(/\/FontFile2 /g)).toHaveLength(2)
  expect(raw).not.toContain('/Subtype /Image')
  expect(bytes.length).toBeLessThan(200_000)
})

test('says what it shows, where it comes from and who made it', async () => {
  const { info } = await getMeta(await getDocumentProxy(await pdf()))
  expect(info).toMatchObject({
    Title: metadata.title,
    Subject: metadata.description,
    Creator: metadata.creator,
    CreationDate: 'D:20261124120000Z'
  })
})

test('is the same for the same figure', async () => {
  expect(Buffer.from(await pdf()).equals(Buffer.from(await pdf()))).toBe(true)
})

test('sets the points of numbers as far from their neighbours as the typeface wants', async () => {
  const texts = ['0.1', '2.5', '1.0', 'T.']
  const size = 24
  const lines = texts
    .map((text, i) => `<text x="10" y="${40 * (i + 1)}" font-size="${size}">${text}</text>`)
    .join('')
  const numbers = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200">${lines}</svg>`
  const bytes = await pdfFromSvg(numbers, { width: 200, height: 200 }, metadata)
  // From HarfBuzz, which the PNG's renderer follows: how far each letter takes the next, in 1/2048 em.
  const advances = [[1240, 413], [1249, 561], [833, 538], [1253]]
  expect(advancesInLines(bytes)).toEqual(
    advances.map((line) => line.map((units) => expect.closeTo((units / 2048) * size, 3)))
  )
})

/** Distances between neighbouring letters of every line of a PDF, in the SVG's units: from the text matrices. */
function advancesInLines(bytes: Uint8Array): number[][] {
  const lines = new Map<string, number[]>()
  for (const [, x, y = ''] of contents(bytes).matchAll(/1 0 0 -1 (\S+) (\S+) Tm/g)) {
    lines.set(y, [...(lines.get(y) ?? []), Number(x)])
  }
  return [...lines.values()].map((xs) => xs.slice(1).map((x, i) => x - (xs[i] ?? NaN)))
}

/** The streams of a PDF that draw, as text. */
function contents(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes).toString('latin1')
  return [...raw.matchAll(/\/FlateDecode\s+>>\s+stream\r?\n(.*?)\r?\nendstream/gs)]
    .map(([, stream = '']) => inflateSync(Buffer.from(stream, 'latin1')).toString('latin1'))
    .filter((text) => text.includes(' Tm'))
    .join('\n')
}
