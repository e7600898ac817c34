import type { FigureEdits } from '@shared/figures/figure-edits'
import { figureSpecSchema, type FigureSpec } from '@shared/figures/figure-request'
import { Undo } from './undo.svelte'

interface Content {
  readonly name: string
  readonly spec: FigureSpec
}

/** A figure as it is being edited; every change can be taken back until it is closed. */
export class FigureDraft extends Undo {
  private content: Content
  /** As the session has it; null where it is not stored. */
  stored = $state.raw<Content | null>(null)
  constructor(
    readonly id: string,
    content: Content,
    isStored: boolean
  ) {
    super((problem) => {
      throw problem
    })
    this.content = $state.raw(content)
    this.stored = isStored ? content : null
  }

  get spec(): FigureSpec {
    return this.content.spec
  }

  /** Whether the session has it otherwise, or not at all. */
  get isChanged(): boolean {
    const { name, spec } = this.content
    return (
      this.stored === null ||
      name.trim() !== this.stored.name ||
      JSON.stringify(spec) !== JSON.stringify(this.stored.spec)
    )
  }

  get name(): string {
    return this.content.name
  }

  rename(name: string): void {
    this.change('Rename', 'name', { ...this.content, name })
  }

  /** Changes how the figure looks or what it shows. */
  set(label: string, changes: Partial<FigureSpec>): void {
    const spec = { ...this.spec, ...changes }
    this.change(label, Object.keys(changes).join(), { ...this.content, spec })
  }

  /**
   * Changes what is edited of the figure.
   *
   * @param field what changes to are one step where they follow on one another
   */
  edit(label: string, field: string, to: (edits: FigureEdits) => FigureEdits): void {
    const spec = { ...this.spec, edits: to(this.spec.edits) }
    this.change(label, field, { ...this.content, spec })
  }

  private change(label: string, field: string, { name, spec }: Content): void {
    const before = this.content
    // Fields in the order in which the session keeps them, so that equal figures are known as such.
    const after = { name, spec: figureSpecSchema.parse(spec) }
    const take = (content: Content) => (): void => {
      this.content = content
    }
    this.content = after
    this.add({ label, field, undo: take(before), redo: take(after) })
  }
}
