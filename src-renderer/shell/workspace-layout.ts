import { z } from 'zod'
import { viewIds, type ViewId } from './view-ids'

/** Something that is open in a tab: a view, and what it shows where there are many of its kind. */
export const openDocumentSchema = z.object({
  view: z.enum(viewIds),
  /** Such as a run's id; null for views of which there is one. */
  subject: z.string().min(1).nullable()
})
export type OpenDocument = z.infer<typeof openDocumentSchema>

const tabGroupSchema = z.object({
  tabs: z.array(openDocumentSchema).min(1),
  /** The key of the tab in front. */
  active: z.string()
})
/** Tabs that share a place. */
export type TabGroup = z.infer<typeof tabGroupSchema>

/** What is open and where: one group of tabs, or two side by side. */
export const workspaceLayoutSchema = z.object({
  groups: z.array(tabGroupSchema).min(1).max(2),
  /** The group that new documents open in. */
  focused: z.int().min(0).max(1)
})
export type WorkspaceLayout = z.infer<typeof workspaceLayoutSchema>

/** What the window shows where nothing else is open. */
const home: OpenDocument = { view: 'start', subject: null }

/** The layout of a session that was never open before. */
export const firstLayout: WorkspaceLayout = layoutOf([groupOf(home)], 0)

/** A document of a view. */
export function documentOf(view: ViewId, subject: string | null = null): OpenDocument {
  return { view, subject }
}

/** What tells a document from others. */
export function documentKey({ view, subject }: OpenDocument): string {
  return subject === null ? view : `${view}:${subject}`
}

/** The document in front of a group. */
export function activeDocument({ tabs, active }: TabGroup): OpenDocument {
  return tabs.find((tab) => documentKey(tab) === active) ?? tabs[0] ?? home
}

/** The document that the user looks at. */
export function focusedDocument({ groups, focused }: WorkspaceLayout): OpenDocument {
  const group = groups[focused] ?? groups[0]
  return group ? activeDocument(group) : home
}

/** Brings a document to the front: where it is open, else in a new tab of the focused group. */
export function openDocument(layout: WorkspaceLayout, document: OpenDocument): WorkspaceLayout {
  const key = documentKey(document)
  const holder = groupIndexOf(layout, key)
  if (holder >= 0) return activate(layout, holder, key)
  return withGroup(layout, layout.focused, (group) => {
    const place = indexOfTab(group, group.active) + 1
    return { tabs: group.tabs.toSpliced(place, 0, document), active: key }
  })
}

/** Brings a tab to the front of its group and focuses the group. */
export function activate(layout: WorkspaceLayout, group: number, key: string): WorkspaceLayout {
  const focused = { ...layout, focused: group }
  return withGroup(focused, group, (one) => ({ ...one, active: key }))
}

/** Makes a group the one that new documents open in. */
export function focusGroup(layout: WorkspaceLayout, group: number): WorkspaceLayout {
  return group < layout.groups.length ? { ...layout, focused: group } : layout
}

/** Closes a tab; its neighbour comes to the front. An empty group goes; the last one shows home. */
export function closeDocument(layout: WorkspaceLayout, key: string): WorkspaceLayout {
  return keepDocuments(layout, (document) => documentKey(document) !== key)
}

/** Closes every tab that a test refuses. */
export function keepDocuments(
  { groups, focused }: WorkspaceLayout,
  isKept: (document: OpenDocument) => boolean
): WorkspaceLayout {
  const kept = groups.flatMap((group, index) => {
    const tabs = group.tabs.filter(isKept)
    if (tabs.length === 0) return []
    const active = tabs.some((tab) => documentKey(tab) === group.active)
      ? group.active
      : neighbourKey(group, isKept)
    return [{ group: { tabs, active }, index }]
  })
  if (kept.length === 0) return firstLayout
  const place = kept.findIndex(({ index }) => index === focused)
  return layoutOf(
    kept.map(({ group }) => group),
    Math.max(0, place)
  )
}

/** Puts a tab at a place in a group, before the tab that is there. */
export function moveDocument(
  layout: WorkspaceLayout,
  key: string,
  group: number,
  place: number
): WorkspaceLayout {
  const from = groupIndexOf(layout, key)
  const document = layout.groups[from]?.tabs.find((tab) => documentKey(tab) === key)
  if (!document || group >= layout.groups.length) return layout
  if (from === group) {
    const moved = withGroup(layout, group, ({ tabs, active }) => {
      const before = tabs.slice(0, place).filter((tab) => documentKey(tab) !== key)
      const after = tabs.slice(place).filter((tab) => documentKey(tab) !== key)
      return { tabs: [...before, document, ...after], active }
    })
    return activate(moved, group, key)
  }
  const inserted = withGroup(layout, group, ({ tabs }) => ({
    tabs: tabs.toSpliced(place, 0, document),
    active: key
  }))
  const groups = inserted.groups.map((one, index) => (index === from ? without(one, key) : one))
  return settled(groups, group)
}

/** Puts a tab on the other side, which is made where there is none. */
export function moveBeside(layout: WorkspaceLayout, key: string): WorkspaceLayout {
  const from = groupIndexOf(layout, key)
  const group = layout.groups[from]
  if (!group) return layout
  const other = layout.groups[1 - from]
  if (other) return moveDocument(layout, key, 1 - from, other.tabs.length)
  const document = group.tabs.find((tab) => documentKey(tab) === key)
  if (!document || group.tabs.length === 1) return layout
  return layoutOf([without(group, key), groupOf(document)], 1)
}

/** Brings the tab `step` places further to the front of the focused group, round its ends. */
export function cycleTabs(layout: WorkspaceLayout, step: number): WorkspaceLayout {
  const group = layout.groups[layout.focused]
  if (!group) return layout
  const count = group.tabs.length
  const tab = group.tabs[(indexOfTab(group, group.active) + step + count) % count]
  return tab ? activate(layout, layout.focused, documentKey(tab)) : layout
}

function layoutOf(groups: TabGroup[], focused: number): WorkspaceLayout {
  return { groups, focused }
}

function groupOf(document: OpenDocument): TabGroup {
  return { tabs: [document], active: documentKey(document) }
}

function without(group: TabGroup, key: string): TabGroup {
  const isKept = (tab: OpenDocument): boolean => documentKey(tab) !== key
  const active = group.active === key ? neighbourKey(group, isKept) : group.active
  return { tabs: group.tabs.filter(isKept), active }
}

/** The layout without its empty groups. */
function settled(groups: readonly TabGroup[], focused: number): WorkspaceLayout {
  const kept = groups.filter(({ tabs }) => tabs.length > 0)
  const before = groups.slice(0, focused).filter(({ tabs }) => tabs.length === 0).length
  return layoutOf(kept, focused - before)
}

/** The nearest tab after the active one that stays, else the nearest before it. */
function neighbourKey(group: TabGroup, isKept: (tab: OpenDocument) => boolean): string {
  const place = indexOfTab(group, group.active)
  const next =
    group.tabs.slice(place + 1).find(isKept) ?? group.tabs.slice(0, place).findLast(isKept)
  return next ? documentKey(next) : ''
}

function groupIndexOf({ groups }: WorkspaceLayout, key: string): number {
  return groups.findIndex(({ tabs }) => tabs.some((tab) => documentKey(tab) === key))
}

function indexOfTab({ tabs }: TabGroup, key: string): number {
  return tabs.findIndex((tab) => documentKey(tab) === key)
}

function withGroup(
  layout: WorkspaceLayout,
  index: number,
  change: (group: TabGroup) => TabGroup
): WorkspaceLayout {
  const groups = layout.groups.map((group, at) => (at === index ? change(group) : group))
  return { ...layout, groups }
}
