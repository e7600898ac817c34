/** The number that a text states; NaN, which every schema refuses, where it states none. */
export function numberFrom(text: string): number {
  const trimmed = text.trim().replace('−', '-')
  return trimmed === '' ? NaN : Number(trimmed)
}

/** The numbers of a list with commas, semicolons or spaces between them. */
export function listFrom(text: string): number[] {
  return text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(numberFrom)
}
