import Table from 'cli-table3'

/** Writes JSON to standard output. */
export function writeJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

/** Writes lines to standard output. */
export function writeLines(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
}

/** Writes lines to standard error, which leaves standard output to results. */
export function writeWarnings(...lines: readonly string[]): void {
  process.stderr.write(lines.map((line) => `${line}\n`).join(''))
}

const sides = ['top', 'bottom', 'left', 'right'] as const
const corners = ['top-mid', 'top-left', 'top-right', 'bottom-mid', 'bottom-left', 'bottom-right']
const crossings = ['left-mid', 'mid', 'mid-mid', 'right-mid']
const noBorders = {
  ...Object.fromEntries([...sides, ...corners, ...crossings].map((place) => [place, ''])),
  middle: '  '
}

/** Writes a plain table without borders to standard output. */
export function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const table = new Table({
    head: [...head],
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true }
  })
  table.push(...rows.map((row) => [...row]))
  writeLines(table.toString())
}
