import type { ColumnPreview, ImportOptions, Roles } from '@shared/protocol/datasets'
import { unreadable, type ReadColumn } from './table-reader'

const targetNames = new Set(['y', 'target', 'targets'])
const labelNames = new Set(['label', 'labels', 'class', 'classes'])
const NAMES_SHOWN = 20

/**
 * What columns are for where nothing is stated: a column called label or class, or the only one of
 * texts, is the label; without one, those called y or target, or the last one, are targets. All other
 * numbers are inputs.
 */
export function suggestRoles(columns: readonly ColumnPreview[]): Roles {
  const called = (names: ReadonlySet<string>): ColumnPreview[] =>
    columns.filter(({ name, group }) => names.has((group ?? name).toLowerCase()))
  const texts = columns.filter(({ type }) => type === 'text')
  const label = called(labelNames)[0] ?? (texts.length === 1 ? texts[0] : undefined)
  const numbers = columns.filter((column) => column.type === 'number' && column !== label)
  const inputsBut = (others: readonly ColumnPreview[]): string[] =>
    numbers.filter((column) => !others.includes(column)).map(({ name }) => name)
  if (label) return { inputs: inputsBut([label]), targets: [], label: label.name }
  const named = called(targetNames).filter(({ type }) => type === 'number')
  const targets = named.length > 0 ? named : numbers.slice(-1)
  return { inputs: inputsBut(targets), targets: targets.map(({ name }) => name), label: null }
}

/** The places of columns by role. */
export interface ColumnPlaces {
  readonly inputs: readonly number[]
  readonly targets: readonly number[]
  readonly label: number | null
}

/**
 * Where the columns of every role are, stated ones first, suggested ones for the rest.
 *
 * @throws {LabError} 'invalid-request' for unknown names, a column of two roles, and roles without
 *   inputs or without anything to learn
 */
export function placeColumns(
  name: string,
  columns: readonly ReadColumn[],
  options: ImportOptions,
  suggested: Roles
): ColumnPlaces {
  if (options.targets && options.label !== undefined) {
    throw unreadable(name, 'is given targets and a label: state one of them')
  }
  const isStated = options.targets !== undefined || options.label !== undefined
  const find = (wanted: string): number[] => placesOf(name, columns, wanted)
  const statedInputs = options.inputs?.flatMap(find) ?? null
  const free = (names: readonly string[]): number[] =>
    names.flatMap(find).filter((place) => !statedInputs?.includes(place))
  const targets = options.targets?.flatMap(find) ?? (isStated ? [] : free(suggested.targets))
  const label =
    options.label === undefined
      ? ((isStated || suggested.label === null ? [] : free([suggested.label]))[0] ?? null)
      : single(name, options.label, find(options.label))
  const learned = label === null ? targets : [...targets, label]
  const inputs =
    statedInputs ??
    // A column that would have been a target is an input where another one is stated.
    [...suggested.inputs, ...suggested.targets]
      .flatMap(find)
      .filter((place) => !learned.includes(place))
      .sort((a, b) => a - b)
  requireOnce(name, columns, [...inputs, ...learned])
  if (inputs.length === 0) throw unreadable(name, 'has no column of numbers left for inputs')
  if (learned.length === 0) throw unreadable(name, 'has no column for targets or a label: name one')
  return { inputs, targets, label }
}

function requireOnce(
  name: string,
  columns: readonly ReadColumn[],
  places: readonly number[]
): void {
  const seen = new Set<number>()
  for (const place of places) {
    if (seen.has(place)) {
      throw unreadable(name, `is given two roles for column “${columns[place]?.name ?? ''}”`)
    }
    seen.add(place)
  }
}

function placesOf(name: string, columns: readonly ReadColumn[], wanted: string): number[] {
  const exact = columns.findIndex((column) => column.name === wanted)
  if (exact >= 0) return [exact]
  const grouped = columns.flatMap(({ group }, i) => (group === wanted ? [i] : []))
  if (grouped.length > 0) return grouped
  const names = columns.slice(0, NAMES_SHOWN).map((column) => column.name)
  const more = columns.length > NAMES_SHOWN ? `, … (${columns.length} in all)` : ''
  throw unreadable(name, `has no column “${wanted}”; its columns are ${names.join(', ')}${more}`)
}

function single(name: string, label: string, places: readonly number[]): number {
  const [place] = places
  if (place !== undefined && places.length === 1) return place
  throw unreadable(name, `has ${places.length} columns in “${label}”: a label is one column`)
}
