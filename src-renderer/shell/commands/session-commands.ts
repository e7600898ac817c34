import type { Command } from '../command'

/** What can be done with the session file. */
export const sessionCommands: readonly Command[] = [
  {
    id: 'session.new',
    title: 'New session…',
    menu: 'file',
    section: 0,
    shortcuts: ['$mod+N'],
    run: (lab) => void lab.session.makeNew()
  },
  {
    id: 'session.open',
    title: 'Open session…',
    menu: 'file',
    section: 0,
    shortcuts: ['$mod+O'],
    run: (lab) => void lab.session.open()
  }
]
