import { themeChoiceSchema } from '@shared/protocol/bridge'
import type { Lab } from '../../state/lab.svelte'
import type { Command } from '../command'
import { viewIds } from '../view-ids'
import { views } from '../views'
import {
  closeDocument,
  cycleTabs,
  documentKey,
  moveBeside,
  type WorkspaceLayout
} from '../workspace-layout'

const themeTitles = { system: 'as the system', light: 'light', dark: 'dark' }

function change(lab: Lab, to: (layout: WorkspaceLayout, key: string) => WorkspaceLayout): void {
  const { workspace } = lab
  workspace.change(to(workspace.layout, documentKey(workspace.current)))
}

const sections: readonly Command[] = viewIds
  .filter((id) => views[id].inSidebar)
  .map((id, index) => ({
    id: `view.${id}`,
    title: `Go to ${views[id].title}`,
    menu: 'view' as const,
    section: 1,
    shortcuts: index < 9 ? [`$mod+${index + 1}`] : [],
    run: (lab) => {
      lab.workspace.open(id)
    }
  }))

const themes: readonly Command[] = themeChoiceSchema.options.map((choice) => ({
  id: `theme.${choice}`,
  title: `Theme: ${themeTitles[choice]}`,
  menu: 'view' as const,
  section: 4,
  run: (lab) => {
    lab.theme.choose(choice)
  }
}))

/** What can be done with the window. */
export const viewCommands: readonly Command[] = [
  {
    id: 'palette.open',
    title: 'All commands…',
    menu: 'view',
    section: 0,
    shortcuts: ['$mod+K', '$mod+Shift+P'],
    run: (lab) => {
      lab.workspace.overlay = 'palette'
    }
  },
  ...sections,
  {
    id: 'tab.next',
    title: 'Next tab',
    menu: 'view',
    section: 2,
    shortcuts: ['$mod+PageDown', 'Control+Tab'],
    run: (lab) => {
      change(lab, (layout) => cycleTabs(layout, 1))
    }
  },
  {
    id: 'tab.previous',
    title: 'Previous tab',
    menu: 'view',
    section: 2,
    shortcuts: ['$mod+PageUp', 'Control+Shift+Tab'],
    run: (lab) => {
      change(lab, (layout) => cycleTabs(layout, -1))
    }
  },
  {
    id: 'tab.close',
    title: 'Close tab',
    menu: 'view',
    section: 2,
    shortcuts: ['$mod+W'],
    run: (lab) => {
      change(lab, closeDocument)
    }
  },
  {
    id: 'tab.beside',
    title: 'Move tab to the other side',
    menu: 'view',
    section: 2,
    shortcuts: ['$mod+\\'],
    run: (lab) => {
      change(lab, moveBeside)
    }
  },
  {
    id: 'sidebar.toggle',
    title: 'Show or hide the sidebar',
    menu: 'view',
    section: 3,
    shortcuts: ['$mod+B'],
    run: ({ workspace }) => {
      workspace.divide({ sidebarCollapsed: !workspace.proportions.sidebarCollapsed })
    }
  },
  ...themes,
  {
    id: 'zoom.in',
    title: 'Larger',
    menu: 'view',
    section: 5,
    shortcuts: ['$mod+=', '$mod+Shift+Plus', '$mod+Shift+='],
    run: (lab) => {
      lab.zoom.by(1)
    }
  },
  {
    id: 'zoom.out',
    title: 'Smaller',
    menu: 'view',
    section: 5,
    shortcuts: ['$mod+-'],
    run: (lab) => {
      lab.zoom.by(-1)
    }
  },
  {
    id: 'zoom.reset',
    title: 'Actual size',
    menu: 'view',
    section: 5,
    shortcuts: ['$mod+0'],
    run: (lab) => {
      lab.zoom.set(0)
    }
  }
]
