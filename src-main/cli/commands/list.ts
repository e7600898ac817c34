import { Command } from 'commander'
import { cellText, compareCells } from '@shared/comparison/cell'
import { columnsLike, columnsNamed, columnsOf } from '@shared/comparison/columns-named'
import { runColumns, runRecord, type RunRecord } from '@shared/organise/run-record'
import { LabError } from '@shared/protocol/errors'
import type { RunSummary } from '@shared/protocol/results'
import { searchedRuns, withSearchOption, type SearchOption } from '../choose-runs'
import { writeJson, writeLines } from '../output'
import { writeRunTable } from '../run-table'
import { readSession } from '../with-session'

interface ListOptions extends SearchOption {
  readonly sort?: string
  readonly columns?: string
  readonly archived?: boolean
  readonly json?: boolean
}

/** tangent list SESSION */
export function listCommand(): Command {
  const command = new Command('list')
    .description('list the runs of a session, newest first')
    .argument('<session>', 'a .tangent file')
  return withSearchOption(command)
    .option('--sort <field>', 'in ascending order of a field; with - before it, descending')
    .option('--columns <fields>', 'also show these fields, separated by commas')
    .option('--archived', 'also runs that are archived')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `
A search is made of parts that all have to fit:
  sweep                     a text in a name, note, tag, group or setting
  tag:paper  group="κ"      a field that holds a text, or equals it
  width>=500  m<5  seed=1,2 a parameter compared with a number; commas separate alternatives
  surrogate=erf_prime       short for surrogate.name
  -status=failed            leaves out what fits

Fields are ${Object.keys(runColumns).join(', ')},
every parameter by its path in the experiment or the end of it (design.sigmaW or sigmaW), and results
such as finalLoss, rmse, rmsZ and pMean.

Examples:
  tangent list work.tangent
  tangent list work.tangent --search "tag:paper width>=500 -status=failed" --sort -rmse
  tangent list work.tangent --columns surrogate,m,rmse --archived`
    )
    .action((path: string, options: ListOptions) => {
      readSession(path, (session) => {
        const runs = searchedRuns(session, options.search).filter(
          ({ archived }) => options.archived ?? !archived
        )
        const rows = runs.map((run) => ({ run, record: runRecord(run) }))
        if (options.sort !== undefined) sortRows(rows, options.sort)
        if (options.json) {
          writeJson(rows.map(({ run, record }) => ({ ...run, cells: record.cells })))
        } else if (rows.length === 0) {
          writeLines(session.summary().runCount === 0 ? 'no runs yet' : 'no run fits')
        } else writeRuns(rows, options.columns?.split(',') ?? [])
      })
    })
}

interface Row {
  readonly run: RunSummary
  readonly record: RunRecord
}

function writeRuns(rows: readonly Row[], fields: readonly string[]): void {
  const columns = fields.flatMap((field) => columnsOrRefusal(rows, field.trim()))
  const number = (value: number): string => String(Number(value.toPrecision(4)))
  writeRunTable(
    rows.map(({ run }) => run),
    columns,
    rows.map(({ record }) => columns.map((column) => cellText(record.cells[column], number)))
  )
}

function sortRows(rows: Row[], field: string): void {
  const direction = field.startsWith('-') ? -1 : 1
  const columns = columnsOrRefusal(rows, field.replace(/^-/, ''))
  const cell = ({ record }: Row) => columns.map((column) => record.cells[column]).find(Boolean)
  rows.sort((a, b) => direction * compareCells(cell(a), cell(b)))
}

/** @throws {LabError} 'invalid-request' for a field that no run has */
function columnsOrRefusal(rows: readonly Row[], field: string): string[] {
  const columns = columnsOf(rows.map(({ record }) => record.cells))
  const named = columnsNamed(field, columns)
  if (named.length > 0 || rows.length === 0) return named
  const known = columnsLike(field, columns)
  throw new LabError('invalid-request', `no run has a field ${field}: there are ${known}`)
}
