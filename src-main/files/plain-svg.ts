/**
 * A chart's SVG without what only a page needs: styles for the pointer, and the names they hang on.
 * Those names count the charts of the process, so without them equal charts give equal files.
 */
export function plainSvg(svg: string): string {
  return svg
    .replaceAll(/<style[^>]*>.*?<\/style>\n?/gs, '')
    .replaceAll(/ (?:class|pointer-events|ecmeta_\w+)="[^"]*"(?=[^<>]*>)/g, '')
    .replaceAll(/(id="|url\(#|href="#)zr\d+-/g, '$1')
}
