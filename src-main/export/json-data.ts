import { runDetailSchema, type RunDetail } from '@shared/protocol/results'
import { exactJsonNumber, gathered } from '../files/json-pieces'
import type { Cell, RunTable } from './run-table'

/** The data of a run as one JSON file of runDataSchema. */
export function jsonData(run: RunDetail, tables: readonly RunTable[]): Iterable<Uint8Array> {
  return gathered(pieces(run, tables))
}

function* pieces(run: RunDetail, tables: readonly RunTable[]): Generator<string> {
  const checked = JSON.stringify(runDetailSchema.loose().parse(run))
  yield `{"format":"tangent-run-data","version":1,"run":${checked},"tables":{`
  for (const [i, { name, description, columns, rows }] of tables.entries()) {
    const header = `"description":${JSON.stringify(description)},"columns":${JSON.stringify(columns)}`
    yield `${i === 0 ? '' : ','}\n${JSON.stringify(name)}:{${header},"rows":[`
    let separator = '\n'
    for (const row of rows()) {
      yield `${separator}[${row.map(jsonCell).join(',')}]`
      separator = ',\n'
    }
    yield ']}'
  }
  yield '}}\n'
}

function jsonCell(cell: Cell): string {
  return typeof cell === 'number' ? exactJsonNumber(cell) : JSON.stringify(cell)
}
