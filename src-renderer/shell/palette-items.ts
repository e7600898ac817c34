import type { Lab } from '../state/lab.svelte'
import { commands, isEnabled } from './commands'

/** Something that the palette offers. */
export interface PaletteItem {
  readonly id: string
  readonly title: string
  /** Words that it is found by besides its title. */
  readonly keywords: string[]
  readonly shortcut: string | null
  run(): void
}

/** Items of one kind. */
export interface PaletteGroup {
  readonly title: string
  readonly items: readonly PaletteItem[]
}

/** Runs that the palette offers at most: all of a session of thousands would make it slow. */
const MAXIMUM_RUNS = 200

/** Everything that the palette offers now: commands that can be done, presets, runs. */
export function paletteGroups(lab: Lab): PaletteGroup[] {
  const groups: PaletteGroup[] = [
    {
      title: 'Commands',
      items: commands
        .filter((command) => command.id !== 'palette.open' && isEnabled(command, lab))
        .map((command) => ({
          id: command.id,
          title: command.title,
          keywords: [command.menu],
          shortcut: command.shortcuts?.[0] ?? null,
          run: () => {
            command.run(lab)
          }
        }))
    },
    {
      title: 'Begin with a preset',
      items: lab.design.presets.map(({ id, title }) => ({
        id: `preset:${id}`,
        title,
        keywords: ['preset', 'design'],
        shortcut: null,
        run: () => {
          lab.beginWith(id)
        }
      }))
    },
    {
      title: 'Open a run',
      items: lab.runs.list.slice(0, MAXIMUM_RUNS).map(({ id, name, seed, status }) => ({
        id: `run:${id}`,
        title: `${name}, seed ${seed}`,
        keywords: ['run', status],
        shortcut: null,
        run: () => {
          lab.openRun(id)
        }
      }))
    }
  ]
  return groups.filter(({ items }) => items.length > 0)
}
