import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  activate,
  closeDocument,
  cycleTabs,
  documentKey,
  documentOf,
  firstLayout,
  focusedDocument,
  focusGroup,
  keepDocuments,
  moveBeside,
  moveDocument,
  openDocument,
  workspaceLayoutSchema,
  type WorkspaceLayout
} from '../../src-renderer/shell/workspace-layout'

const run = (id: string) => documentOf('run', id)
const keys = ({ groups }: WorkspaceLayout) => groups.map(({ tabs }) => tabs.map(documentKey))
const front = ({ groups }: WorkspaceLayout) => groups.map(({ active }) => active)
const opened = (...ids: string[]) =>
  ids.reduce((layout, id) => openDocument(layout, run(id)), firstLayout)

describe('the layout of the window', () => {
  it('opens documents beside the one in front, each once', () => {
    const layout = openDocument(activate(opened('a', 'b'), 0, 'start'), run('c'))
    expect(keys(layout)).toEqual([['start', 'run:c', 'run:a', 'run:b']])
    const again = openDocument(layout, run('b'))
    expect(keys(again)).toEqual(keys(layout))
    expect(focusedDocument(again)).toEqual(run('b'))
  })

  it('shows the next tab when one is closed, the one before at the end, home when none is left', () => {
    const layout = activate(opened('a', 'b', 'c'), 0, 'run:b')
    expect(front(closeDocument(layout, 'run:b'))).toEqual(['run:c'])
    expect(front(closeDocument(layout, 'run:a'))).toEqual(['run:b'])
    expect(front(closeDocument(opened('a'), 'run:a'))).toEqual(['start'])
    expect(closeDocument(firstLayout, 'start')).toEqual(firstLayout)
  })

  it('puts tabs side by side and together again', () => {
    const split = moveBeside(opened('a', 'b'), 'run:b')
    expect(keys(split)).toEqual([['start', 'run:a'], ['run:b']])
    expect(split.focused).toBe(1)
    expect(focusedDocument(focusGroup(split, 0))).toEqual(run('a'))
    const joined = moveBeside(split, 'run:b')
    expect(keys(joined)).toEqual([['start', 'run:a', 'run:b']])
    expect([joined.focused, front(joined)]).toEqual([0, ['run:b']])
  })

  it('keeps a lone tab where it is', () => {
    expect(moveBeside(firstLayout, 'start')).toEqual(firstLayout)
  })

  it('moves tabs to a place, in their group and into the other', () => {
    const layout = opened('a', 'b')
    expect(keys(moveDocument(layout, 'run:b', 0, 0))).toEqual([['run:b', 'start', 'run:a']])
    expect(keys(moveDocument(layout, 'start', 0, 3))).toEqual([['run:a', 'run:b', 'start']])
    const split = moveBeside(layout, 'run:b')
    const emptied = moveDocument(split, 'run:b', 0, 1)
    expect(keys(emptied)).toEqual([['start', 'run:b', 'run:a']])
    expect(emptied.focused).toBe(0)
  })

  it('keeps the focus on its group when the other one goes', () => {
    const split = moveBeside(opened('a'), 'run:a')
    const left = closeDocument(split, 'start')
    expect([keys(left), left.focused]).toEqual([[['run:a']], 0])
  })

  it('goes round the tabs of the focused group', () => {
    const layout = opened('a')
    expect(front(cycleTabs(layout, 1))).toEqual(['start'])
    expect(front(cycleTabs(cycleTabs(layout, -1), -1))).toEqual(['run:a'])
  })

  it('stays sound whatever is done to it', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd')
    const change = fc.oneof(
      id.map((one) => (layout: WorkspaceLayout) => openDocument(layout, run(one))),
      id.map((one) => (layout: WorkspaceLayout) => closeDocument(layout, `run:${one}`)),
      id.map((one) => (layout: WorkspaceLayout) => moveBeside(layout, `run:${one}`)),
      fc.tuple(id, fc.nat(1), fc.nat(4)).map(
        ([one, group, place]) =>
          (layout: WorkspaceLayout) =>
            moveDocument(layout, `run:${one}`, group, place)
      ),
      id.map(
        (one) => (layout: WorkspaceLayout) =>
          keepDocuments(layout, (document) => document.subject !== one)
      ),
      fc.constant((layout: WorkspaceLayout) => cycleTabs(layout, 1)),
      fc.constant((layout: WorkspaceLayout) => focusGroup(layout, 1))
    )
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const layout = changes.reduce((before, next) => next(before), firstLayout)
        expect(workspaceLayoutSchema.safeParse(layout).success).toBe(true)
        expect(layout.focused).toBeLessThan(layout.groups.length)
        const all = keys(layout).flat()
        expect(new Set(all).size).toBe(all.length)
        for (const { tabs, active } of layout.groups) {
          expect(tabs.map(documentKey)).toContain(active)
        }
      })
    )
  })
})
