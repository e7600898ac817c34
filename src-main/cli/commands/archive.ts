import { Command } from 'commander'
import { runsHelp, withSearchOption, type SearchOption } from '../choose-runs'
import { editChosenRuns } from '../edit-runs'

interface ArchiveOptions extends SearchOption {
  readonly undo?: boolean
}

/** tangent archive SESSION RUN... */
export function archiveCommand(): Command {
  const command = new Command('archive')
    .description('put runs away: lists leave them out unless asked for them')
    .argument('<session>', 'a .tangent file')
    .argument('[runs...]', runsHelp)
  return withSearchOption(command)
    .option('--undo', 'bring them back')
    .addHelpText(
      'after',
      `
Examples:
  tangent archive work.tangent --search "status=failed,cancelled"
  tangent archive work.tangent 3f2a --undo`
    )
    .action((path: string, ids: string[], options: ArchiveOptions) => {
      const archived = !options.undo
      editChosenRuns(path, ids, options, archived ? 'archived' : 'brought back', () => ({
        archived
      }))
    })
}
