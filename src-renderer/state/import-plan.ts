import type { Preparation } from '@shared/design/datasets/preparation'
import { formatCount } from '@shared/figures/numbers'
import type { z } from 'zod'
import type { mainChannels } from '@shared/protocol/bridge'
import type { ColumnPreview, DatasetPreview, ImportOptions } from '@shared/protocol/datasets'

export const columnRoles = ['input', 'target', 'label', 'ignore'] as const
export type ColumnRole = (typeof columnRoles)[number]

/** What every column, or array as a whole, is for. */
export type ColumnRoles = ReadonlyMap<string, ColumnRole>

/** Before a file is read. */
export const noRoles: ColumnRoles = new Map()

/** How a text file is read; '' is found out. */
export interface Reading {
  readonly delimiter: '' | ',' | ';' | '\t' | ' '
  readonly decimal: '' | '.' | ','
  readonly header: '' | 'yes' | 'no'
}

export const foundOut: Reading = { delimiter: '', decimal: '', header: '' }

/** A column, or an array of several, that is given one role. */
export interface ImportUnit {
  readonly name: string
  readonly columns: readonly ColumnPreview[]
}

type ImportRequest = z.input<(typeof mainChannels)['dataset:import']['request']>

/** What a file holds by what roles are given to: columns, or arrays as a whole. */
export function importUnits({ columns }: DatasetPreview): ImportUnit[] {
  const units = new Map<string, ColumnPreview[]>()
  for (const column of columns) {
    const name = column.group ?? column.name
    units.set(name, [...(units.get(name) ?? []), column])
  }
  return [...units].map(([name, own]) => ({ name, columns: own }))
}

/** The roles that the lab suggests. */
export function suggestedRoles(preview: DatasetPreview): ColumnRoles {
  const { inputs, targets, label } = preview.roles
  const roleOf = ({ name }: ColumnPreview): ColumnRole => {
    if (name === label) return 'label'
    if (targets.includes(name)) return 'target'
    return inputs.includes(name) ? 'input' : 'ignore'
  }
  return new Map(
    importUnits(preview).map(({ name, columns: [first] }) => [
      name,
      first ? roleOf(first) : 'ignore'
    ])
  )
}

/**
 * Gives a column a role. Classes or numbers are learned, and classes of one column: what the new role
 * excludes is ignored from now on.
 */
export function withRole(roles: ColumnRoles, name: string, role: ColumnRole): ColumnRoles {
  const excluded: readonly ColumnRole[] =
    role === 'label' ? ['label', 'target'] : role === 'target' ? ['label'] : []
  return new Map(
    [...roles].map(([other, own]) => [
      other,
      other === name ? role : excluded.includes(own) ? 'ignore' : own
    ])
  )
}

/** Options of the import that state how a file is read. */
export function readingOptions({ delimiter, decimal, header }: Reading): ImportOptions {
  return {
    ...(delimiter !== '' && { delimiter }),
    ...(decimal !== '' && { decimal }),
    ...(header !== '' && { header: header === 'yes' })
  }
}

/** Why a file cannot be imported with these roles; null where nothing is known to be wrong. */
export function roleProblem(preview: DatasetPreview, roles: ColumnRoles): string | null {
  const units = importUnits(preview)
  const having = (role: ColumnRole): ImportUnit[] =>
    units.filter(({ name }) => roles.get(name) === role)
  if (having('input').length === 0) return 'Give at least one column the role of an input.'
  if (having('target').length + having('label').length === 0) {
    return 'Give one column the role of a target (a number) or of a label (a class).'
  }
  for (const { columns } of [...having('input'), ...having('target')]) {
    const text = columns.find(({ type }) => type === 'text')
    if (text) return `Column “${text.name}” has texts: make it the label, or ignore it.`
  }
  for (const { name, columns } of having('label')) {
    if (columns.length > 1) return `“${name}” has ${columns.length} columns: a label is one column.`
  }
  return missingProblem(preview, roles)
}

function missingProblem(preview: DatasetPreview, roles: ColumnRoles): string | null {
  const counted = preview.format === 'csv' ? 'line' : 'row'
  const used = preview.columns.filter(
    ({ name, group }) => (roles.get(group ?? name) ?? 'ignore') !== 'ignore'
  )
  const incomplete = used.find(({ missing }) => missing > 0)
  if (!incomplete) return null
  const { name, missing, firstMissing } = incomplete
  const more = missing > 1 ? ` (and ${formatCount(missing - 1)} more)` : ''
  return (
    `Column “${name}” has no value, or an infinite one, in ${counted} ${String(firstMissing)}${more}: ` +
    'complete the file and read it again, or ignore the column.'
  )
}

/** What the import is asked for. */
export function importRequest(
  name: string,
  reading: Reading,
  roles: ColumnRoles,
  preparation: Preparation
): ImportRequest {
  const having = (role: ColumnRole): string[] =>
    [...roles].flatMap(([column, own]) => (own === role ? [column] : []))
  const [label] = having('label')
  return {
    ...(name.trim() !== '' && { name: name.trim() }),
    options: {
      ...readingOptions(reading),
      inputs: having('input'),
      ...(label === undefined ? { targets: having('target') } : { label })
    },
    preparation
  }
}
