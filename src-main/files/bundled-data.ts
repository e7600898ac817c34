import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import {
  bundledSets,
  provenanceSchema,
  type BundledSet,
  type Provenance
} from '@shared/design/datasets/bundled-sets'
import type { DataTable } from '@shared/design/datasets/table'
import { columnMatrix } from '@shared/design/matrix'
import { describeProblems, LabError } from '@shared/protocol/errors'
import { resourcePath } from '../resources'

/** Where every bundled data set comes from. */
export function listBundledData(): Provenance[] {
  return bundledSets.map(readProvenance)
}

/**
 * The rows of a bundled data set, as its CSV file has them.
 *
 * @throws {LabError} 'file-problem' where its files are not those that came with the lab
 */
export function readBundledTable(set: BundledSet): DataTable {
  const { sha256, rows, inputs, target, classNames } = readProvenance(set)
  const path = resourcePath('data', `${set}.csv`)
  const bytes = readFileSync(path)
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new LabError('file-problem', `${path} has been changed: install the lab again.`)
  }
  const [header = [], ...cells] = parse(bytes)
  const values = new Float64Array(rows * inputs)
  cells.forEach((row, i) => {
    for (let j = 0; j < inputs; j++) values[i * inputs + j] = Number(row[j])
  })
  const last = cells.map((row) => row[inputs] ?? '')
  return {
    inputNames: header.slice(0, inputs),
    inputs: { values, rows, columns: inputs },
    targets: classNames
      ? {
          kind: 'classes',
          names: classNames,
          labels: Int32Array.from(last, (name) => classNames.indexOf(name))
        }
      : {
          kind: 'numbers',
          names: [target],
          values: columnMatrix(Float64Array.from(last, Number))
        }
  }
}

function readProvenance(set: BundledSet): Provenance {
  const path = resourcePath('data', `${set}.json`)
  const parsed = provenanceSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (parsed.success) return parsed.data
  throw new LabError('file-problem', `${path}: ${describeProblems(parsed.error)}`)
}
