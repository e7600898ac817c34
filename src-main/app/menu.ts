import { app, Menu } from 'electron'
import type { MenuEntry } from '@shared/protocol/menu'
import { menuTemplate, type RecentMenu } from './menu-template'

/**
 * Sets the application's menu.
 *
 * @param entries the page's commands; none before there is a page
 * @param run told which command was chosen
 * @param recent the sessions that it offers
 */
export function setMenu(
  entries: readonly MenuEntry[],
  run: (id: string) => void,
  recent: RecentMenu
): void {
  const surroundings = { isMac: process.platform === 'darwin', isPackaged: app.isPackaged }
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(entries, surroundings, run, recent)))
}
