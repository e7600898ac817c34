/** Advance widths of the typeface Inter, in hundredths of its size, rounded up to even numbers. */
const charactersByWidth: Readonly<Record<number, string>> = {
  20: '\u202f',
  24: '′',
  26: 'ijl',
  28: 'I’',
  30: " !',.:·\u00a0",
  32: ';₁¹',
  34: '`t|',
  36: '/\\',
  38: '()[]fr',
  42: '1⁷',
  44: '{}⁵⁻',
  46: '-_₀₂³²⁰⁴⁶⁸⁹°',
  48: '"^‖',
  50: '–',
  52: '*?',
  54: 'sκ',
  56: 'kxz',
  58: '7JLacvy',
  60: '5Fehnouβημ',
  62: '23689Ebdgpqπ',
  64: '#0PZθσ√∑∂',
  66: '$&4BRSTλ',
  68: '+<=>KY~α−±×≤≥≈',
  70: 'AVXΣ',
  74: 'CDφ',
  76: 'GHNU',
  78: 'OQψ',
  82: 'w',
  86: '½',
  88: 'm…',
  92: 'M',
  94: '∞',
  96: '→',
  98: '@',
  100: '%W'
}
const widths = new Map(
  Object.entries(charactersByWidth).flatMap(([width, characters]) =>
    Array.from(characters, (character) => [character, Number(width) / 100] as const)
  )
)
/** For characters without an entry: as wide as Inter's wider letters. */
const OTHER = 0.8
/** The semi-bold cut is wider by at most this. */
const SEMI_BOLD = 1.08

/**
 * How wide a line of text is in Inter, kerning left aside. Layouts are made with this rather than
 * with a canvas, so that the screen, the command line and every file have the same one.
 *
 * @param size of the typeface, in the unit of the result
 */
export function textWidth(text: string, size: number, weight: 400 | 600 = 400): number {
  let width = 0
  for (const character of text) width += widths.get(character) ?? OTHER
  return width * size * (weight === 600 ? SEMI_BOLD : 1)
}

/** Breaks text between words into lines no wider than `available`; a longer word is a line. */
export function wrappedText(
  text: string,
  size: number,
  available: number,
  weight: 400 | 600 = 400
): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    const longer = last === undefined ? word : `${last} ${word}`
    if (last === undefined || textWidth(longer, size, weight) > available) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  return lines
}
