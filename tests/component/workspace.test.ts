import { beforeEach, describe, expect, it } from 'vitest'
import { firstLayout } from '../../src-renderer/shell/workspace-layout'
import { Workspace } from '../../src-renderer/state/workspace.svelte'

const tabs = ({ layout }: Workspace) => layout.groups.flatMap((group) => group.tabs)

describe('the workspace', () => {
  beforeEach(() => {
    localStorage.clear()
  })

  it('remembers what was open, for each session', () => {
    const first = new Workspace(localStorage)
    first.enterSession('/a.tangent')
    first.open('run', 'one')
    first.enterSession('/b.tangent')
    expect(first.layout).toEqual(firstLayout)
    first.open('design')

    const later = new Workspace(localStorage)
    later.enterSession('/a.tangent')
    expect(later.current).toEqual({ view: 'run', subject: 'one' })
    later.enterSession('/b.tangent')
    expect(later.current).toEqual({ view: 'design', subject: null })
  })

  it('keeps what was opened before the session was known', () => {
    const workspace = new Workspace(localStorage)
    workspace.open('design')
    workspace.enterSession('/a.tangent')
    expect(workspace.current.view).toBe('design')
  })

  it('forgets the sessions used longest ago', () => {
    const workspace = new Workspace(localStorage)
    for (let index = 0; index < 40; index++) {
      workspace.enterSession(`/${index}.tangent`)
      workspace.open('design')
    }
    workspace.enterSession('/0.tangent')
    expect(workspace.layout).toEqual(firstLayout)
    workspace.enterSession('/39.tangent')
    expect(workspace.current.view).toBe('design')
  })

  it('starts afresh from what it cannot read, session by session', () => {
    const sound = { groups: [{ tabs: [{ view: 'design', subject: null }], active: 'design' }] }
    const stored = [
      { path: '/a', layout: { groups: [{ tabs: [{ view: 'gone', subject: null }] }] } },
      { path: '/b', layout: { ...sound, focused: 0 } }
    ]
    localStorage.setItem('tangent-layouts', JSON.stringify(stored))
    localStorage.setItem('tangent-proportions', '{"sidebarSize":')
    const workspace = new Workspace(localStorage)
    expect(workspace.proportions.sidebarSize).toBe(20)
    workspace.enterSession('/a')
    expect(workspace.layout).toEqual(firstLayout)
    workspace.enterSession('/b')
    expect(workspace.current.view).toBe('design')
  })

  it('closes the tabs of runs that are no more', () => {
    const workspace = new Workspace(localStorage)
    workspace.open('run', 'one')
    workspace.open('run', 'two')
    workspace.keepSubjects('run', ['two'])
    expect(tabs(workspace).map(({ subject }) => subject)).toEqual([null, 'two'])
  })

  it('remembers how the window is divided', () => {
    new Workspace(localStorage).divide({ sidebarSize: 31, sidebarCollapsed: true })
    expect(new Workspace(localStorage).proportions).toMatchObject({
      sidebarCollapsed: true,
      sidebarSize: 31,
      leftSize: 50
    })
  })
})
