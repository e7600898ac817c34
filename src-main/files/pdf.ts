import PdfDocument from 'pdfkit'
import drawSvg from 'svg-to-pdfkit'
import { pointsFromPixels } from '@shared/figures/figure-size'
import type { FileMetadata } from './file-metadata'
import type { FigureExtent } from './svg'
import { openTypeface } from './typeface'

/**
 * A PDF file of an SVG document: one page of the document's size, lines as lines, texts as text, with
 * the letters used of the bundled typeface embedded.
 *
 * @param svg a document of renderFigure
 */
export async function pdfFromSvg(
  svg: string,
  { width, height }: FigureExtent,
  metadata: FileMetadata
): Promise<Uint8Array> {
  const size: [number, number] = [pointsFromPixels(width), pointsFromPixels(height)]
  const document = new PdfDocument({
    size,
    margin: 0,
    pdfVersion: '1.7',
    lang: 'en',
    displayTitle: true,
    info: {
      Title: metadata.title,
      Subject: metadata.description,
      Creator: metadata.creator,
      // Not the time of drawing: the same figure gives the same file.
      CreationDate: new Date(metadata.created ?? 0)
    }
  })
  const chunks: Buffer[] = []
  const ended = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.once('end', resolve)
    document.once('error', reject)
  })
  for (const weight of ['regular', 'semiBold'] as const) {
    // PDFKit takes opened fonts too; its types do not say so.
    document.registerFont(weight, openTypeface(weight) as unknown as Buffer)
  }
  drawSvg(document, svg, 0, 0, {
    width: size[0],
    height: size[1],
    fontCallback: (_family, bold) => (bold ? 'semiBold' : 'regular')
  })
  document.end()
  await ended
  return Buffer.concat(chunks)
}
