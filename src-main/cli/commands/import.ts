import { extname } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import {
  importRequestSchema,
  type DatasetPreview,
  type ImportRequest
} from '@shared/protocol/datasets'
import { LabError } from '@shared/protocol/errors'
import { datasetFromFile, previewDataset } from '../../engine/datasets'
import { importBundle } from '../../export/bundle/import-bundle'
import { openSession, type Session } from '../../session/session'
import { appVersion } from '../../version'
import { writeJson, writeLines, writeTable } from '../output'

interface ImportFlags {
  readonly session?: string
  readonly name?: string
  readonly preview?: boolean
  readonly json?: boolean
  readonly delimiter?: string
  readonly decimal?: string
  readonly header?: boolean
  readonly inputs?: string[]
  readonly targets?: string[]
  readonly label?: string
  readonly classes?: string[]
  readonly normalise: 'none' | 'standard' | 'sphere'
  readonly radius?: number
  readonly normaliseTargets?: boolean
  readonly testShare?: number
  readonly trainCount?: number
  readonly testCount?: number
  readonly seed?: number
}

/** tangent import FILE --session SESSION */
export function importCommand(): Command {
  return new Command('import')
    .description(
      'store a file’s data in a session, or show what the file holds; or import a bundle of runs'
    )
    .argument(
      '<file>',
      '.csv, .tsv, .npy, .npz or .json; .zip for a bundle; other endings are read as CSV'
    )
    .option('--session <file>', 'the .tangent file to store in; made where it does not exist')
    .option('--preview', 'say what the file holds, and store nothing')
    .option('--name <name>', 'what the data are called; the file’s name if left out')
    .option('--inputs <columns>', 'names of input columns or arrays, separated by commas', list)
    .option('--targets <columns>', 'names of columns of numbers to be learned', list)
    .option('--label <column>', 'the column of classes to be learned')
    .option('--classes <names>', 'classes to keep; of two, the first becomes −1', list)
    .addOption(
      new Option('--normalise <how>', 'scale inputs: rows to the sphere, or columns to standard')
        .choices(['none', 'standard', 'sphere'])
        .default('none')
    )
    .option('--radius <number>', 'of the sphere', number)
    .option('--normalise-targets', 'scale targets to mean 0 and standard deviation 1')
    .option('--test-share <share>', 'share of rows that are test points', number)
    .option('--train-count <count>', 'at most so many training points', number)
    .option('--test-count <count>', 'at most so many test points', number)
    .option('--seed <number>', 'of the split', number)
    .option('--delimiter <character>', 'between cells; "tab" for tabulators')
    .option('--decimal <mark>', '"." or ","')
    .option('--header', 'the first row has names')
    .option('--no-header', 'the first row has no names')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `
What is left out is found out: delimiter, header, roles (--preview shows them).

Examples:
  tangent import measured.csv --preview
  tangent import measured.csv --session work.tangent --inputs a,b --targets c --normalise sphere
  tangent import digits.npz --session work.tangent --inputs X --label y --classes 3,8
  tangent import run.zip --session work.tangent
The answer is the data’s part of an experiment file; of a bundle, what is new.`
    )
    .action(importFile)
}

function list(text: string): string[] {
  return text.split(',').map((name) => name.trim())
}

function number(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value)) return value
  throw new InvalidArgumentError('must be a number.')
}

async function importFile(path: string, flags: ImportFlags): Promise<void> {
  if (extname(path).toLowerCase() === '.zip') {
    await importRuns(path, flags)
    return
  }
  const request = importRequestSchema.parse(requestFrom(path, flags))
  if (flags.preview) {
    const preview = await previewDataset(path, request.options)
    if (flags.json) writeJson(preview)
    else writePreview(preview)
    return
  }
  const target = requireTarget(flags)
  // Before a session is made: a file that is refused leaves nothing behind.
  const read = await datasetFromFile(request)
  const session = openSession(target, { appVersion })
  try {
    const { dataset, isNew } = session.addDataset(read)
    const { sha256, name, rows, inputNames, targets } = dataset
    // As this import stated it, also where the same contents were stored by another one.
    const data = { kind: 'stored', sha256, ...request.preparation }
    if (flags.json) writeJson({ ...dataset, isNew, data })
    else {
      process.stderr.write(
        `${isNew ? 'stored' : 'already there as'} ${name}: ${rows} rows, ${inputNames.length} inputs, ` +
          `${targets.kind} ${targets.names.join(', ')}\n`
      )
      writeJson({ data })
    }
  } finally {
    session.close()
  }
}

/** @throws {LabError} 'invalid-request' where no session is named */
function requireTarget({ session }: ImportFlags): string {
  if (session !== undefined) return session
  throw new LabError('invalid-request', 'name the session to store in by --session, or --preview')
}

/** All runs of a bundle, with the data that they learned from. */
async function importRuns(path: string, flags: ImportFlags): Promise<void> {
  const target = requireTarget(flags)
  let session: Session | null = null
  try {
    const imported = await importBundle(path, () => (session = openSession(target, { appVersion })))
    if (flags.json) {
      writeJson(imported)
      return
    }
    const { runs, datasets, figures, studies } = imported
    writeLines(
      ...[
        ...datasets.map(({ sha256, ...data }) => ({ ...data, what: `data ${sha256.slice(0, 8)}` })),
        ...runs.map(({ id, ...run }) => ({ ...run, what: `run ${id.slice(0, 8)}` })),
        ...figures.map((figure) => ({ ...figure, what: 'figure' })),
        ...studies.map((study) => ({ ...study, what: `study ${study.id.slice(0, 8)}` }))
      ].map(({ isNew, what, name }) => `${isNew ? 'imported' : 'already there:'} ${what} ${name}`)
    )
  } finally {
    // Assigned in a callback, which the compiler does not follow.
    ;(session as Session | null)?.close()
  }
}

/** Undefined values are left out, so that what is stored is what was stated. */
function requestFrom(path: string, flags: ImportFlags): object {
  const stated = (values: object): object =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
  const { name, delimiter, decimal, header, inputs, targets, label } = flags
  const { classes, radius, testShare, trainCount, testCount, seed } = flags
  return {
    path,
    ...stated({ name }),
    options: stated({
      ...{ decimal, header, inputs, targets, label },
      delimiter: delimiter === 'tab' ? '\t' : delimiter
    }),
    preparation: stated({
      ...{ classes, radius, testShare, trainCount, testCount, seed },
      inputScaling: flags.normalise,
      targetScaling: flags.normaliseTargets ? 'standard' : undefined
    })
  } satisfies Partial<Record<keyof ImportRequest, unknown>>
}

function writePreview({ columns, firstRows, roles, ...file }: DatasetPreview): void {
  const { fileName, format, rows, delimiter, header, decimal } = file
  const dialect =
    delimiter === null
      ? ''
      : `, delimiter ${JSON.stringify(delimiter)}, decimal mark "${decimal}", ` +
        (header ? 'first row has names' : 'no names')
  writeLines(`${fileName}: ${format}, ${rows} rows, ${columns.length} columns${dialect}`, '')
  const roleOf = (name: string): string => {
    if (roles.label === name) return 'label'
    if (roles.targets.includes(name)) return 'target'
    return roles.inputs.includes(name) ? 'input' : 'ignored'
  }
  const digits = (value: number | undefined): string =>
    value === undefined ? '–' : String(Number(value.toPrecision(6)))
  writeTable(
    [
      'column',
      'role',
      'type',
      'missing',
      'different',
      'min',
      'max',
      'mean',
      's.d.',
      'first values'
    ],
    columns.map(({ name, type, missing, firstMissing, distinct, statistics }, i) => [
      name,
      roleOf(name),
      type,
      firstMissing === null ? '0' : `${missing}, first in ${firstMissing}`,
      distinct < 1000 ? String(distinct) : '1000+',
      digits(statistics?.minimum),
      digits(statistics?.maximum),
      digits(statistics?.mean),
      digits(statistics?.deviation),
      firstRows
        .slice(0, 4)
        .map((row) => row[i] ?? '')
        .join('  ')
    ])
  )
}
