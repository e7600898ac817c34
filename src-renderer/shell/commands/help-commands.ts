import type { Command } from '../command'

/** Where the window explains itself. */
export const helpCommands: readonly Command[] = [
  {
    id: 'help.view',
    title: 'Explain this view',
    menu: 'help',
    section: 0,
    shortcuts: ['F1'],
    run: ({ workspace }) => {
      workspace.divide({ helpShown: !workspace.proportions.helpShown })
    }
  },
  {
    id: 'help.tour',
    title: 'Tour of the three results',
    menu: 'help',
    section: 0,
    run: (lab) => {
      lab.workspace.tourStep = 0
    }
  },
  {
    id: 'help.glossary',
    title: 'Glossary',
    menu: 'help',
    section: 0,
    run: (lab) => {
      lab.workspace.open('help')
    }
  },
  {
    id: 'help.shortcuts',
    title: 'Keyboard shortcuts',
    menu: 'help',
    section: 0,
    shortcuts: ['$mod+/'],
    run: (lab) => {
      lab.workspace.overlay = 'shortcuts'
    }
  }
]
