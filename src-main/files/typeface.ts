import { openSync, type Font } from 'fontkit'
import { resourcePath } from '../resources'

/** The weights of the bundled typeface that figures use. */
export const typefaceFiles = {
  regular: 'Inter-Regular.ttf',
  semiBold: 'Inter-SemiBold.ttf'
} as const

/**
 * One weight of the bundled typeface for setting text, with every text taken for Latin.
 *
 * Inter lists its kerning twice for texts without letters, which belong to no script. A list says
 * which rules apply, each once (OpenType, "Lookup list table"), but fontkit applies a rule as often as
 * it is listed: the point of "0.1" would lie in the 1. Latin's list has every rule once, and the same ones.
 */
export function openTypeface(weight: keyof typeof typefaceFiles): Font {
  const font = openSync(resourcePath('fonts', typefaceFiles[weight])) as Font
  const layout: Font['layout'] = (text, features) => font.layout(text, features, 'latn')
  return Object.create(font, { layout: { value: layout } }) as Font
}
