import { Resvg } from '@resvg/resvg-js'
import { resourcePath } from '../resources'
import { withResolution } from './png-resolution'
import { typefaceFiles } from './typeface'

const CSS_PIXELS_PER_INCH = 96
const fontFiles = Object.values(typefaceFiles).map((name) => resourcePath('fonts', name))

/**
 * A PNG file of an SVG document, drawn with the bundled typeface alone, so that it looks the same
 * on every machine.
 *
 * @param svg its width and height are CSS pixels (96 an inch)
 * @param options.dotsPerInch pixels for each inch of the document; written into the file, so that it
 *   is printed at the document's size
 */
export function pngFromSvg(svg: string, { dotsPerInch }: { dotsPerInch: number }): Uint8Array {
  const image = new Resvg(svg, {
    font: {
      loadSystemFonts: false,
      fontFiles,
      defaultFontFamily: 'Inter',
      sansSerifFamily: 'Inter'
    },
    fitTo: { mode: 'zoom', value: dotsPerInch / CSS_PIXELS_PER_INCH }
  }).render()
  return withResolution(image.asPng(), dotsPerInch)
}
