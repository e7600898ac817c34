import type { MenuName } from '@shared/protocol/menu'
import type { Lab } from '../state/lab.svelte'

/** Something that the user can have done: from the menu, the palette, or by its shortcut. */
export interface Command {
  /** Such as 'session.new'. */
  readonly id: string
  readonly title: string
  readonly menu: MenuName
  /** Commands of one section stand together in the menu. */
  readonly section: number
  /** As tinykeys writes them, such as '$mod+Shift+K'; the first is the one that is told. */
  readonly shortcuts?: readonly string[]
  /** Whether it can be done now; always, where this is not stated. */
  isEnabled?(lab: Lab): boolean
  run(lab: Lab): void
}
