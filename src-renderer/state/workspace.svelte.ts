import {
  rememberedLayout,
  rememberedProportions,
  rememberLayout,
  rememberProportions,
  initialProportions,
  type Proportions
} from '../shell/remembered-workspace'
import type { ViewId } from '../shell/view-ids'
import {
  documentOf,
  firstLayout,
  focusedDocument,
  keepDocuments,
  openDocument,
  type OpenDocument,
  type WorkspaceLayout
} from '../shell/workspace-layout'

/** What stands over the window. */
export type Overlay = 'palette' | 'shortcuts'

/** What is open in the window and how it is divided, remembered between starts. */
export class Workspace {
  layout = $state.raw<WorkspaceLayout>(firstLayout)
  proportions: Proportions = $state.raw(initialProportions)
  overlay = $state<Overlay | null>(null)
  /** The step of the guided tour; null while there is none. */
  tourStep = $state<number | null>(null)
  /** The document that the user looks at. */
  readonly current = $derived(focusedDocument(this.layout))
  private path: string | null = null

  constructor(private readonly store: Storage) {
    this.proportions = rememberedProportions(store)
  }

  /** Shows what was open in a session. */
  enterSession(path: string): void {
    if (this.path === path) return
    // What was opened before there was a session belongs to the first one.
    const opened = this.path === null && this.layout !== firstLayout
    this.path = path
    this.change(opened ? this.layout : rememberedLayout(this.store, path))
  }

  /** Opens a view, or brings it to the front. */
  open(view: ViewId, subject: string | null = null): void {
    this.change(openDocument(this.layout, documentOf(view, subject)))
  }

  /** Closes the tabs of a view whose subjects, such as runs, are no more. */
  keepSubjects(ofView: ViewId, subjects: readonly string[]): void {
    const isKept = ({ view, subject }: OpenDocument): boolean =>
      view !== ofView || (subject !== null && subjects.includes(subject))
    if (this.layout.groups.every(({ tabs }) => tabs.every(isKept))) return
    this.change(keepDocuments(this.layout, isKept))
  }

  /** Takes up another layout and keeps it. */
  change(layout: WorkspaceLayout): void {
    this.layout = layout
    if (this.path !== null) rememberLayout(this.store, this.path, layout)
  }

  /** Divides the window otherwise and keeps that. */
  divide(changes: Partial<Proportions>): void {
    this.proportions = { ...this.proportions, ...changes }
    rememberProportions(this.store, this.proportions)
  }
}
