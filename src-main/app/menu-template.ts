import type { MenuItemConstructorOptions } from 'electron'
import type { MenuEntry, MenuName } from '@shared/protocol/menu'

type Items = MenuItemConstructorOptions[]

/** The part of the File menu that lists recent sessions. */
export interface RecentMenu {
  /** Their files, the last one first. */
  readonly paths: readonly string[]
  readonly open: (path: string) => void
  readonly clear: () => void
}

/**
 * The menus of the platform with the page's commands in them. The page handles shortcuts itself:
 * menus show them and leave the keys alone.
 */
export function menuTemplate(
  entries: readonly MenuEntry[],
  { isMac, isPackaged }: { isMac: boolean; isPackaged: boolean },
  run: (id: string) => void,
  recent: RecentMenu
): Items {
  const menu = (label: string, name: MenuName, ...own: Items[]): MenuItemConstructorOptions => ({
    label,
    submenu: separated([...commands(entries, name, run), ...own])
  })
  const editing = ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'] as const
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    menu('&File', 'file', [recentMenu(recent)], isMac ? [] : [{ role: 'quit' }]),
    menu(
      '&Edit',
      'edit',
      editing.map((role) => ({ role }))
    ),
    menu('&View', 'view', [
      { role: 'togglefullscreen' },
      ...(isPackaged ? [] : [{ role: 'toggleDevTools' } as const])
    ]),
    menu('&Run', 'run'),
    { role: 'windowMenu' },
    { ...menu('&Help', 'help', [{ role: 'about' }]), role: 'help' }
  ]
}

function recentMenu({ paths, open, clear }: RecentMenu): MenuItemConstructorOptions {
  const sessions = paths.map((path): MenuItemConstructorOptions => ({
    // A single & would underline the letter behind it.
    label: path.replaceAll('&', '&&'),
    click: () => {
      open(path)
    }
  }))
  const items = separated([sessions, [{ label: '&Clear this list', click: clear }]])
  return { label: 'Open &recent', enabled: paths.length > 0, submenu: items }
}

/** A menu's commands, section by section. */
function commands(
  entries: readonly MenuEntry[],
  name: MenuName,
  run: (id: string) => void
): Items[] {
  const sections = new Map<number, Items>()
  for (const { id, title, menu, section, accelerator, enabled } of entries) {
    if (menu !== name) continue
    const item: MenuItemConstructorOptions = {
      id,
      label: title,
      enabled,
      ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
      click: () => {
        run(id)
      }
    }
    sections.set(section, [...(sections.get(section) ?? []), item])
  }
  return [...sections].toSorted(([a], [b]) => a - b).map(([, items]) => items)
}

/** Sections with lines between them. */
function separated(sections: readonly Items[]): Items {
  return sections
    .filter((items) => items.length > 0)
    .flatMap((items, index) => (index === 0 ? items : [{ type: 'separator' as const }, ...items]))
}
