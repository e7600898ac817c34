/** Where the middle of Inter's letters is above their baseline, in sizes of the letters: (ascent − descent) / 2. */
const CENTRE = 0.3638

/**
 * A chart's SVG without what only a page needs: styles for the pointer, and the names they hang on.
 * Those names count the charts of the process, so without them equal charts give equal files.
 *
 * Texts are placed by their baseline, the one way that every program draws alike.
 */
export function plainSvg(svg: string): string {
  return svg
    .replaceAll(/<style[^>]*>.*?<\/style>\n?/gs, '')
    .replaceAll(/ (?:class|pointer-events|ecmeta_\w+)="[^"]*"(?=[^<>]*>)/g, '')
    .replaceAll(/(id="|url\(#|href="#)zr\d+-/g, '$1')
    .replaceAll(/<text [^>]*>/g, onBaseline)
}

function onBaseline(tag: string): string {
  if (!tag.includes(' dominant-baseline="central"')) return tag
  const size = Number(/font-size:([\d.]+)px/.exec(tag)?.[1] ?? NaN)
  const y = Number(/ y="([-\d.]+)"/.exec(tag)?.[1] ?? 0)
  const baseline = Math.round(1000 * (y + CENTRE * size)) / 1000
  return tag
    .replace(' dominant-baseline="central"', '')
    .replace(/ y="[^"]*"/, '')
    .replace(/^<text/, `<text y="${baseline}"`)
}
