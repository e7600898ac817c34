import { matchKeybindingPress, parseKeybinding } from 'tinykeys'

const electronNames: Readonly<Record<string, string>> = {
  $mod: 'CmdOrCtrl',
  '=': 'Plus',
  ArrowLeft: 'Left',
  ArrowRight: 'Right'
}
const symbols: Readonly<Record<string, { mac: string; other: string }>> = {
  $mod: { mac: '⌘', other: 'Ctrl' },
  Shift: { mac: '⇧', other: 'Shift' },
  Alt: { mac: '⌥', other: 'Alt' },
  Enter: { mac: '↩', other: 'Enter' },
  '=': { mac: '+', other: '+' },
  '-': { mac: '−', other: '−' },
  PageUp: { mac: 'Page ↑', other: 'Page Up' },
  PageDown: { mac: 'Page ↓', other: 'Page Down' }
}

/** A shortcut in Electron's way to write it. */
export function electronAccelerator(shortcut: string): string {
  return shortcut
    .split('+')
    .map((key) => electronNames[key] ?? key)
    .join('+')
}

/** The keys of a shortcut as they are printed on a keyboard. */
export function keysOf(shortcut: string, isMac: boolean): string[] {
  return shortcut.split('+').map((key) => symbols[key]?.[isMac ? 'mac' : 'other'] ?? key)
}

/** Whether a key press is a shortcut. */
export function isShortcut(event: KeyboardEvent, shortcut: string): boolean {
  return parseKeybinding(shortcut).every((press) => matchKeybindingPress(event, press))
}
