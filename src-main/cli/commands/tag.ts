import { Command } from 'commander'
import { LabError } from '@shared/protocol/errors'
import { runsHelp, withSearchOption, type SearchOption } from '../choose-runs'
import { editChosenRuns } from '../edit-runs'

interface TagOptions extends SearchOption {
  readonly add?: string
  readonly remove?: string
}

/** tangent tag SESSION RUN... */
export function tagCommand(): Command {
  const command = new Command('tag')
    .description('give runs tags, or take them away')
    .argument('<session>', 'a .tangent file')
    .argument('[runs...]', runsHelp)
  return withSearchOption(command)
    .option('--add <tags>', 'tags to give, separated by commas')
    .option('--remove <tags>', 'tags to take away, separated by commas')
    .addHelpText(
      'after',
      `
Examples:
  tangent tag work.tangent latest --add paper,baseline
  tangent tag work.tangent --search "width<100" --remove paper --add draft`
    )
    .action((path: string, ids: string[], options: TagOptions) => {
      const [added, removed] = [listed(options.add), listed(options.remove)]
      if (added.length + removed.length === 0) {
        throw new LabError('invalid-request', 'state tags with --add, --remove or both')
      }
      editChosenRuns(path, ids, options, 'tagged', ({ tags }) => ({
        tags: [...tags.filter((tag) => !removed.includes(tag)), ...added]
      }))
    })
}

function listed(tags: string | undefined): string[] {
  return tags?.split(',').map((tag) => tag.trim()) ?? []
}
