import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import type { MenuEntry } from '@shared/protocol/menu'
import { menuTemplate } from '../../../src-main/app/menu-template'

const entry = (changes: Partial<MenuEntry>): MenuEntry => ({
  id: 'session.new',
  title: 'New session…',
  menu: 'file',
  section: 0,
  accelerator: null,
  enabled: true,
  ...changes
})

const submenu = (template: MenuItemConstructorOptions[], label: string) =>
  (template.find((menu) => menu.label === label)?.submenu ?? []) as MenuItemConstructorOptions[]
const names = (items: MenuItemConstructorOptions[]) =>
  items.map(({ label, role, type }) => label ?? role ?? type)

const recent = { paths: [] as string[], open: vi.fn(), clear: vi.fn() }
const press = (item: MenuItemConstructorOptions | undefined) => {
  item?.click?.(undefined as never, undefined, undefined as never)
}

describe('the menu', () => {
  const linux = { isMac: false, isPackaged: true }

  it('has each command in its menu, sections set apart, with its own choices last', () => {
    const entries = [
      entry({ title: 'B', section: 1 }),
      entry({ title: 'A', section: 0 }),
      entry({ title: 'C', menu: 'help' })
    ]
    const template = menuTemplate(entries, linux, () => undefined, recent)
    expect(names(submenu(template, '&File'))).toEqual([
      ...['A', 'separator', 'B', 'separator', 'Open &recent', 'separator', 'quit']
    ])
    expect(names(submenu(template, '&Help'))).toEqual(['C', 'separator', 'about'])
  })

  it('works before there are commands, and offers the tools of developers to them alone', () => {
    const packaged = menuTemplate([], linux, () => undefined, recent)
    expect(names(submenu(packaged, '&View'))).toEqual(['togglefullscreen'])
    const other = menuTemplate([], { isMac: true, isPackaged: false }, () => undefined, recent)
    expect(names(submenu(other, '&View'))).toEqual(['togglefullscreen', 'toggleDevTools'])
    expect(other[0]?.role).toBe('appMenu')
    expect(names(submenu(other, '&File'))).toEqual(['Open &recent'])
  })

  it('shows shortcuts, leaves their keys to the page, and says what was chosen', () => {
    const run = vi.fn()
    const entries = [entry({ accelerator: 'CmdOrCtrl+N', enabled: false })]
    const [item] = submenu(menuTemplate(entries, linux, run, recent), '&File')
    expect(item).toMatchObject({
      accelerator: 'CmdOrCtrl+N',
      registerAccelerator: false,
      enabled: false
    })
    press(item)
    expect(run).toHaveBeenCalledWith('session.new')
  })

  it('lists recent sessions, and a way to clear the list', () => {
    const offered = { ...recent, paths: ['/data/R&D.tangent', '/data/b.tangent'] }
    const template = menuTemplate([], linux, () => undefined, offered)
    const item = submenu(template, '&File').find(({ label }) => label === 'Open &recent')
    const items = item?.submenu as MenuItemConstructorOptions[]
    expect(item?.enabled).toBe(true)
    expect(names(items)).toEqual([
      ...['/data/R&&D.tangent', '/data/b.tangent', 'separator', '&Clear this list']
    ])
    press(items[0])
    expect(recent.open).toHaveBeenCalledWith('/data/R&D.tangent')
    press(items[3])
    expect(recent.clear).toHaveBeenCalledOnce()
    const [none] = submenu(
      menuTemplate([], linux, () => undefined, recent),
      '&File'
    )
    expect(none?.enabled).toBe(false)
  })
})
