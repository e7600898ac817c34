import { Command } from 'commander'
import { LabError } from '@shared/protocol/errors'
import { runsHelp, withSearchOption, type SearchOption } from '../choose-runs'
import { editChosenRuns } from '../edit-runs'

interface GroupOptions extends SearchOption {
  readonly name?: string
  readonly none?: boolean
}

/** tangent group SESSION RUN... */
export function groupCommand(): Command {
  const command = new Command('group')
    .description('put runs into a group, or take them out of theirs')
    .argument('<session>', 'a .tangent file')
    .argument('[runs...]', runsHelp)
  return withSearchOption(command)
    .option('--name <group>', 'the group; a run has one at most')
    .option('--none', 'no group')
    .addHelpText(
      'after',
      '\nExample:\n  tangent group work.tangent --search "kappa=0.2" --name "κ sweep"'
    )
    .action((path: string, ids: string[], options: GroupOptions) => {
      if ((options.name === undefined) === (options.none === undefined)) {
        throw new LabError('invalid-request', 'state a group with --name, or --none: one of both')
      }
      editChosenRuns(path, ids, options, 'grouped', () => ({ group: options.name ?? null }))
    })
}
