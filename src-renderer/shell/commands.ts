import type { MenuEntry } from '@shared/protocol/menu'
import type { Lab } from '../state/lab.svelte'
import type { Command } from './command'
import { designCommands } from './commands/design-commands'
import { figureCommands } from './commands/figure-commands'
import { helpCommands } from './commands/help-commands'
import { runCommands } from './commands/run-commands'
import { sessionCommands } from './commands/session-commands'
import { viewCommands } from './commands/view-commands'
import { electronAccelerator } from './shortcuts'

/** Every command that there always is, in the order of the menus. */
export const commands: readonly Command[] = [
  ...sessionCommands,
  ...designCommands,
  ...viewCommands,
  ...runCommands,
  ...figureCommands,
  ...helpCommands
]

/** Whether a command can be carried out now. */
export function isEnabled(command: Command, lab: Lab): boolean {
  return command.isEnabled?.(lab) ?? true
}

/** The commands as the application's menu shows them. */
export function menuEntries(lab: Lab): MenuEntry[] {
  return commands.map((command) => ({
    id: command.id,
    title: command.title,
    menu: command.menu,
    section: command.section,
    accelerator: command.shortcuts?.[0] ? electronAccelerator(command.shortcuts[0]) : null,
    enabled: isEnabled(command, lab)
  }))
}

/** Carries out a command chosen outside the page; one that cannot be done now is left. */
export function runCommand(lab: Lab, id: string): void {
  const [kind, runId] = id.split(/:(.*)/)
  if (kind === 'run' && runId !== undefined) {
    lab.openRun(runId)
    return
  }
  const command = commands.find((one) => one.id === id)
  if (command && isEnabled(command, lab)) command.run(lab)
}
