import Table from 'cli-table3'

/** Writes JSON to standard output. */
export function writeJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

/** Writes lines to standard output. */
export function writeLines(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
}

/** Writes a plain table without borders to standard output. */
export function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const nothing = ['top', 'bottom', 'left', 'right', 'mid'].flatMap((side) => [
    [side, ''],
    [`${side}-mid`, '']
  ])
  const table = new Table({
    head: [...head],
    chars: {
      ...Object.fromEntries(nothing),
      'left-mid': '',
      'mid-mid': '',
      'right-mid': '',
      middle: '  '
    },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 }
  })
  table.push(...rows.map((row) => [...row]))
  writeLines(table.toString())
}
