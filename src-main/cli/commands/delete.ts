import { createInterface } from 'node:readline/promises'
import { Command } from 'commander'
import { LabError } from '@shared/protocol/errors'
import { openSession } from '../../session/session'
import { appVersion } from '../../version'
import { chosenRuns, countOf, runsHelp, withSearchOption, type SearchOption } from '../choose-runs'
import { requireSession } from '../input'

interface DeleteOptions extends SearchOption {
  readonly yes?: boolean
}

/** tangent delete SESSION RUN... */
export function deleteCommand(): Command {
  const command = new Command('delete')
    .description('remove runs with everything that belongs to them, for good')
    .argument('<session>', 'a .tangent file')
    .argument('[runs...]', runsHelp)
  return withSearchOption(command)
    .option('--yes', 'without asking')
    .addHelpText(
      'after',
      '\nExample:\n  tangent delete work.tangent --search "status=failed" --yes'
    )
    .action(async (path: string, ids: string[], options: DeleteOptions) => {
      requireSession(path)
      const session = openSession(path, { appVersion })
      try {
        const runs = chosenRuns(session, ids, options)
        const lines = runs.map(
          ({ id, name, status }) => `  ${id.slice(0, 8)}  ${status}  ${name}\n`
        )
        process.stderr.write(lines.join(''))
        if (!options.yes) await confirm(`Delete ${countOf(runs)} for good? (yes/no) `)
        session.organiser.deleteRuns(runs.map(({ id }) => id))
        process.stderr.write(`deleted ${countOf(runs)}\n`)
      } finally {
        session.close()
      }
    })
}

/** @throws {LabError} 'invalid-request' for every answer but yes, and where nobody can answer */
async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new LabError('invalid-request', 'nothing deleted: nobody can be asked; --yes deletes')
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(question)
  terminal.close()
  if (answer.trim().toLowerCase() !== 'yes') {
    throw new LabError('invalid-request', 'nothing deleted')
  }
}
