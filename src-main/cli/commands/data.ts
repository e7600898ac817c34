import { Command } from 'commander'
import { listData } from '../../engine/datasets'
import { openReadOnly } from '../../session/session'
import { appVersion } from '../../version'
import { requireSession } from '../input'
import { writeJson, writeLines, writeTable } from '../output'

/** tangent data list [SESSION] */
export function dataCommand(): Command {
  const list = new Command('list')
    .description('list the data that experiments can name: generators, bundled sets, stored sets')
    .argument('[session]', 'a .tangent file, for what is stored in it')
    .option('--json', 'with formulas, provenance and origins, as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  tangent data list\n  tangent data list work.tangent --json'
    )
    .action(listCommand)
    .exitOverride()
  return new Command('data').description('data for experiments').addCommand(list)
}

function listCommand(path: string | undefined, { json }: { json?: boolean }): void {
  if (path !== undefined) requireSession(path)
  const session = path === undefined ? null : openReadOnly(path, { appVersion })
  try {
    const { generators, bundled, stored } = listData(session)
    if (json) {
      writeJson({ generators, bundled, stored })
      return
    }
    writeTable(
      ['generator', 'data'],
      generators.map(({ kind, description }) => [kind, description])
    )
    writeLines('')
    writeTable(
      ['bundled set', 'rows', 'inputs', 'learned', 'data'],
      bundled.map(({ id, rows, inputs, target, classNames, about }) => [
        id,
        String(rows),
        String(inputs),
        classNames ? `${target}: ${classNames.join(', ')}` : target,
        about
      ])
    )
    if (!session) return
    writeLines('')
    if (stored.length === 0) writeLines('no data stored in this session')
    else {
      writeTable(
        ['stored set', 'rows', 'inputs', 'learned', 'from', 'SHA-256'],
        stored.map(({ name, rows, inputNames, targets, origin, sha256 }) => [
          name,
          String(rows),
          String(inputNames.length),
          targets.names.join(', '),
          origin.fileName,
          sha256
        ])
      )
    }
  } finally {
    session?.close()
  }
}
