import { beforeEach, describe, expect, it, vi } from 'vitest'
import { menuEntrySchema } from '@shared/protocol/menu'
import { commands, isEnabled, menuEntries, runCommand } from '../../src-renderer/shell/commands'
import { paletteGroups } from '../../src-renderer/shell/palette-items'
import { electronAccelerator, isShortcut, keysOf } from '../../src-renderer/shell/shortcuts'
import { documentKey } from '../../src-renderer/shell/workspace-layout'
import { Lab } from '../../src-renderer/state/lab.svelte'
import { fakeBridge, fakeClient, presets, runSummary } from './fixtures'

function shown() {
  localStorage.clear()
  const lab = new Lab(fakeBridge().bridge, window)
  const { client, requests } = fakeClient({ 'run.pause': () => ({}) })
  lab.connection.client = client
  lab.design.presets = presets
  return { lab, requests }
}
const enabled = (lab: Lab) => commands.filter((one) => isEnabled(one, lab)).map(({ id }) => id)

describe('commands', () => {
  beforeEach(() => {
    localStorage.clear()
  })

  it('are told apart by id, and by shortcut where they have one', () => {
    const ids = commands.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const shortcuts = commands.flatMap((command) => command.shortcuts ?? [])
    expect(new Set(shortcuts).size).toBe(shortcuts.length)
  })

  it('are entries that the main process accepts', () => {
    for (const entry of menuEntries(shown().lab)) menuEntrySchema.parse(entry)
  })

  it('launch only from a design that can be launched', () => {
    const { lab } = shown()
    expect(enabled(lab)).not.toContain('run.launch')
    lab.beginWith('quick')
    expect(enabled(lab)).toContain('run.launch')
    lab.design.edit({ steps: 'many' })
    expect(enabled(lab)).not.toContain('run.launch')
  })

  it('act on the run that is in front, as its status allows', () => {
    const { lab, requests } = shown()
    const runs = [
      runSummary({ id: 'a', status: 'running' }),
      runSummary({ id: 'b', status: 'paused' })
    ]
    lab.runs.list = runs
    expect(enabled(lab)).not.toContain('run.pause')
    lab.openRun('b')
    expect(enabled(lab)).toContain('run.resume')
    expect(enabled(lab)).not.toContain('run.pause')
    runCommand(lab, 'run.pause')
    expect(requests).toEqual([])
    lab.openRun('a')
    runCommand(lab, 'run.pause')
    expect(requests).toEqual([{ channel: 'run.pause', payload: { runId: 'a' } }])
  })

  it('are run from outside by id; runs are opened so too', () => {
    const { lab } = shown()
    runCommand(lab, 'view.design')
    expect(documentKey(lab.workspace.current)).toBe('design')
    runCommand(lab, 'run:a:b')
    expect(lab.workspace.current).toEqual({ view: 'run', subject: 'a:b' })
    runCommand(lab, 'no.such.command')
  })

  it('ask before a run is cancelled for good', async () => {
    const { lab } = shown()
    const cancel = vi.spyOn(lab.runs, 'cancel').mockResolvedValue()
    const first = lab.cancelRun('a')
    lab.confirmations.answer(false)
    await first
    expect(cancel).not.toHaveBeenCalled()
    const second = lab.cancelRun('a')
    lab.confirmations.answer(true)
    await second
    expect(cancel).toHaveBeenCalledWith('a')
  })
})

describe('the palette', () => {
  it('offers what can be done, presets and runs', () => {
    const { lab } = shown()
    lab.runs.list = [runSummary({ id: 'a', name: 'Wide', seed: 7 })]
    const groups = paletteGroups(lab)
    expect(groups.map(({ title }) => title)).toEqual([
      'Commands',
      'Begin with a preset',
      'Open a run'
    ])
    expect(groups[0]?.items.map(({ id }) => id)).not.toContain('run.launch')
    expect(groups[2]?.items.map(({ title }) => title)).toEqual(['Wide, seed 7'])
    groups[2]?.items[0]?.run()
    expect(lab.workspace.current).toEqual({ view: 'run', subject: 'a' })
    groups[1]?.items[0]?.run()
    expect([lab.design.presetId, lab.workspace.current.view]).toEqual(['quick', 'design'])
  })
})

describe('shortcuts', () => {
  const press = (init: KeyboardEventInit) => new KeyboardEvent('keydown', init)

  it('are told from other key presses', () => {
    expect(isShortcut(press({ key: 'k', ctrlKey: true }), '$mod+K')).toBe(true)
    expect(isShortcut(press({ key: 'k' }), '$mod+K')).toBe(false)
    expect(isShortcut(press({ key: 'K', ctrlKey: true, shiftKey: true }), '$mod+K')).toBe(false)
    expect(isShortcut(press({ key: '\\', ctrlKey: true }), '$mod+\\')).toBe(true)
    expect(isShortcut(press({ key: 'F1' }), 'F1')).toBe(true)
    expect(isShortcut(press({ key: '=', ctrlKey: true }), '$mod+=')).toBe(true)
  })

  it('are written as menus and keyboards have them', () => {
    expect(electronAccelerator('$mod+Shift+P')).toBe('CmdOrCtrl+Shift+P')
    expect(electronAccelerator('$mod+=')).toBe('CmdOrCtrl+Plus')
    expect(keysOf('$mod+Enter', false)).toEqual(['Ctrl', 'Enter'])
    expect(keysOf('$mod+Enter', true)).toEqual(['⌘', '↩'])
  })
})
