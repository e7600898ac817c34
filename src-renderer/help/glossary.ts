import maths from '../../docs/maths.md?raw'

/** A word of the field. */
export interface GlossaryEntry {
  readonly word: string
  /** What it is called in code and files; '' where it has no name there. */
  readonly inCode: string
  readonly meaning: string
}

/** The words of the glossary in docs/maths.md, which is the only one. */
export const glossary: readonly GlossaryEntry[] = glossaryIn(maths)

/** The rows of the table under the heading "Glossary". */
export function glossaryIn(markdown: string): GlossaryEntry[] {
  const section = /^## Glossary\n([^]*?)(?=^## |$(?![^]))/m.exec(markdown)?.[1] ?? ''
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => {
      const [word = '', inCode = '', meaning = ''] = line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim())
      return { word, inCode: inCode.replaceAll('`', ''), meaning }
    })
}
