import type { Condition, Experiment } from '../design/experiment'
import type { Cell, Cells } from './cell'

/** Longer lists are stated by their size and a fingerprint. */
const LONGEST_LIST = 20

/** How experiments are called and described has no part in what they compute. */
const descriptive: ReadonlySet<string> = new Set(['name', 'description'])

/**
 * An experiment's configuration as columns, by the path of every value in the experiment's JSON, such
 * as "design.sigmaW". Names and descriptions are left out.
 */
export function configCells(experiment: Experiment): Cells {
  return cellsOf(Object.entries(experiment).filter(([key]) => !descriptive.has(key)))
}

/**
 * The configuration of one ensemble: its width in place of all widths, and the values of its condition
 * in place of the sweep, so that a point of a sweep equals a run that was set to it.
 */
export function ensembleCells(
  experiment: Experiment,
  width: number,
  { design, surrogate }: Condition
): Cells {
  const ofRun: ReadonlySet<string> = new Set([...descriptive, 'widths', 'sweep'])
  const entries = Object.entries({ ...experiment, design, surrogate })
  return cellsOf([['width', width], ...entries.filter(([key]) => !ofRun.has(key))])
}

function cellsOf(entries: readonly (readonly [string, unknown])[]): Cells {
  const cells: Cells = {}
  for (const [path, value] of entries) {
    if (isObject(value)) {
      const inner = Object.entries(value).map(([key, part]) => [`${path}.${key}`, part] as const)
      Object.assign(cells, cellsOf(inner))
    } else if (Array.isArray(value) && value.some(isObject)) {
      // Layers count from 1, as people count them.
      const inner = value.map((part, i) => [`${path}.${i + 1}`, part] as const)
      Object.assign(cells, cellsOf(inner))
    } else if (value !== undefined) {
      cells[path] = cellOf(value)
    }
  }
  return cells
}

function cellOf(value: unknown): Cell {
  if (!Array.isArray(value)) return value as Cell
  const list = value as readonly unknown[]
  if (list.length <= LONGEST_LIST && !list.some(Array.isArray)) return value as Cell
  const text = JSON.stringify(list)
  const size = Array.isArray(list[0]) ? `${list.length} × ${list[0].length}` : String(list.length)
  return `${size} values, ${fingerprint(text)}`
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Eight hexadecimal digits that tell texts apart (FNV-1a, 32 bits). */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
