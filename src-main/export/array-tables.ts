import type { RunDetail } from '@shared/protocol/results'
import type { ArrayListing, OwnerKind } from '../session/arrays'
import type { Session } from '../session/session'
import type { StoredArray } from '../session/stored-array'
import type { Cell, RunTable } from './run-table'

/** What makes up a part of a table: arrays of one owner, side by side. */
interface Part {
  /** Tells the table's parts apart, in the column `label`. */
  readonly label?: string
  /** The first has an index for every key; others lack the last ones, and are repeated for them. */
  readonly arrays: readonly string[]
}

/** How a table follows from stored arrays. */
export interface ArrayTable {
  readonly name: string
  readonly description: string
  readonly owner: Exclude<OwnerKind, 'checkpoint'>
  /** Name of the column that tells the parts apart. */
  readonly label?: string
  /** One for each dimension; "step" becomes the step's number, and the training time follows. */
  readonly keys: readonly string[]
  /** One for each array of a part. */
  readonly values: readonly string[]
  /** Where the numbers of the steps are stored. */
  readonly steps?: string
  readonly parts: readonly Part[]
}

/** Columns that name an owner. */
const ownerColumns = {
  ensemble: ['ensemble', 'width', 'condition'],
  prediction: ['condition_index', 'condition', 'sweep_value']
} as const

/**
 * The rows that stored arrays make up; a table of arrays that the run does not have is none.
 *
 * @param listing the run's arrays
 */
export function arrayTable(
  session: Session,
  run: RunDetail,
  listing: readonly ArrayListing[],
  spec: ArrayTable
): RunTable | null {
  const { owner, parts, label, keys, values } = spec
  const has = (index: number, name: string): boolean =>
    listing.some(
      (array) => array.ownerKind === owner && array.ownerIndex === index && array.name === name
    )
  const owners = [
    ...new Set(
      listing.filter(({ ownerKind }) => ownerKind === owner).map(({ ownerIndex }) => ownerIndex)
    )
  ]
  const present = owners.flatMap((index) =>
    parts
      .filter(({ arrays }) => arrays.every((name) => has(index, name)))
      .map((part) => ({ index, part }))
  )
  if (present.length === 0) return null
  return {
    name: spec.name,
    description: spec.description,
    columns: [
      ...ownerColumns[owner],
      ...(label === undefined ? [] : [label]),
      ...keys.flatMap((key) => (key === 'step' ? ['step', 'training_time'] : [key])),
      ...values
    ],
    rows: function* () {
      for (const { index, part } of present) {
        const read = (name: string): StoredArray => session.readArray(run.id, owner, index, name)
        const start = [...ownerCells(session, run.id, owner, index), ...labelCells(part)]
        const steps = keys.includes('step') ? read(spec.steps ?? 'steps').data : null
        const key = (i: number, at: number): Cell[] => {
          if (keys[i] !== 'step') return [at]
          const step = steps?.[at] ?? NaN
          return [step, step * run.stepSize]
        }
        yield* partRows(part.arrays.map(read), start, key)
      }
    }
  }
}

function labelCells({ label }: Part): Cell[] {
  return label === undefined ? [] : [label]
}

function ownerCells(
  session: Session,
  runId: string,
  owner: ArrayTable['owner'],
  index: number
): Cell[] {
  if (owner === 'ensemble') {
    const { width, label } = session.readEnsemble(runId, index)
    return [index, width, label]
  }
  const { label, sweepValue } = session.readPrediction(runId, index)
  return [index, label, sweepValue]
}

/** A row for every element of the first array, in its order. */
function* partRows(
  arrays: readonly StoredArray[],
  start: readonly Cell[],
  key: (dimension: number, at: number) => Cell[]
): Generator<Cell[]> {
  const [{ shape, data } = { shape: [], data: [] }] = arrays
  const index = shape.map(() => 0)
  for (let i = 0; i < data.length; i++) {
    const numbers = arrays.map(
      (array) => array.data[Math.floor((i * array.data.length) / data.length)]
    )
    yield [
      ...start,
      ...index.flatMap((at, d) => key(d, at)),
      ...numbers.map((value) => value ?? NaN)
    ]
    for (let d = shape.length - 1; d >= 0; d--) {
      const next = (index[d] ?? 0) + 1
      index[d] = next < (shape[d] ?? 0) ? next : 0
      if (next < (shape[d] ?? 0)) break
    }
  }
}
