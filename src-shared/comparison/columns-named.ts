import type { Cells } from './cell'

/** Short names of columns that are asked for often. */
const aliases: Readonly<Record<string, string>> = {
  tag: 'tags',
  width: 'widths',
  depth: 'depthHidden',
  kappa: 'outputScale',
  members: 'ensembleSize'
}

/** What a thing is called in an experiment's JSON: surrogate=erf_prime means surrogate.name. */
const namingKeys = ['name', 'kind']

/** The columns that any of the rows has, in the order in which they first appear. */
export function columnsOf(rows: readonly Cells[]): string[] {
  return [...new Set(rows.flatMap((cells) => Object.keys(cells)))]
}

/**
 * The columns that a field names: the one called so, or all whose path ends so. "m" is
 * "surrogate.m" as well as "design.activation.m"; "surrogate" is "surrogate.name", too. Case does not
 * matter.
 *
 * @param columns all there are
 */
export function columnsNamed(field: string, columns: readonly string[]): string[] {
  const lower = columns.map((column) => column.toLowerCase())
  const given = field.toLowerCase()
  const wanted = (lower.includes(given) ? given : (aliases[given] ?? given)).toLowerCase()
  const hasParts = lower.some((column) => column.startsWith(`${wanted}.`))
  const endings = [wanted, ...namingKeys.map((key) => `${wanted}.${key}`)]
  return columns.filter((_, i) => {
    const column = lower[i] ?? ''
    if (lower.includes(wanted) && !hasParts) return column === wanted
    return endings.some((ending) => `.${column}`.endsWith(`.${ending}`))
  })
}

/** Some of the columns, those first that resemble a field that is not among them; for messages. */
export function columnsLike(field: string, columns: readonly string[]): string {
  const beginning = field.slice(0, 3).toLowerCase()
  const similar = columns.filter((column) => column.toLowerCase().includes(beginning))
  return (similar.length > 0 ? similar : columns).slice(0, 12).join(', ')
}
