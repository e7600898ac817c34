import { app, Menu, type MenuItemConstructorOptions } from 'electron'

/** What the menu can ask for. */
export interface MenuActions {
  readonly newSession: () => void
  readonly openSession: () => void
}

/** Sets the application's menu with the platform's shortcuts. */
export function setMenu({ newSession, openSession }: MenuActions): void {
  const isMac = process.platform === 'darwin'
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'New Session…', accelerator: 'CmdOrCtrl+N', click: newSession },
        { label: 'Open Session…', accelerator: 'CmdOrCtrl+O', click: openSession },
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' }
      ]
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const])
      ]
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ role: 'about' }] }
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
