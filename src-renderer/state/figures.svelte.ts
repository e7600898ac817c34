import { SvelteMap } from 'svelte/reactivity'
import type { FigureSpec } from '@shared/figures/figure-request'
import type { NewFigure, StoredFigure } from '@shared/organise/stored-figure'
import type { EngineClient } from '@shared/protocol/engine-client'
import type { Connection } from './connection.svelte'
import { FigureDraft } from './figure-draft.svelte'
import { messageOf } from './format'
import type { Notices } from './notices.svelte'
import { Undo } from './undo.svelte'

/** The figures that the session stores, and those that are being edited. */
export class Figures extends Undo {
  /** In their order. */
  stored = $state.raw<readonly StoredFigure[]>([])
  /** By their ids. */
  readonly drafts = new SvelteMap<string, FigureDraft>()
  /** Drafts that the session has nothing of. */
  readonly unsaved = $derived([...this.drafts.values()].filter(({ stored }) => stored === null))

  /** @param listed told which figures there are, stored or not */
  constructor(
    private readonly connection: Connection,
    private readonly notices: Notices,
    private readonly listed: (ids: readonly string[]) => void
  ) {
    super((problem) => {
      notices.problem(messageOf(problem))
    })
  }

  /** Listens to an engine. */
  listen(client: EngineClient): void {
    client.on('figures.changed', () => {
      void this.reload()
    })
  }

  /** Starts over with the figures of another session. */
  async enterSession(): Promise<void> {
    this.stored = []
    this.drafts.clear()
    this.clear()
    await this.reload()
  }

  /** Asks for the stored figures anew. */
  async reload(): Promise<void> {
    const list = await this.connection.attempt((client) => client.request('figure.list', {}))
    if (!list) return
    this.stored = list
    for (const draft of this.drafts.values()) {
      const found = list.find(({ id }) => id === draft.id)
      draft.stored = found ? { name: found.name, spec: found.spec } : null
    }
    this.listed([...list.map(({ id }) => id), ...this.drafts.keys()])
  }

  /** The figure to edit; null for one that is neither stored nor begun. */
  open(id: string): FigureDraft | null {
    const begun = this.drafts.get(id)
    if (begun) return begun
    const found = this.stored.find((figure) => figure.id === id)
    if (!found) return null
    const draft = new FigureDraft(id, { name: found.name, spec: found.spec }, true)
    this.drafts.set(id, draft)
    return draft
  }

  /** Begins a figure that is not stored yet. */
  begin(name: string, spec: FigureSpec): FigureDraft {
    const draft = new FigureDraft(crypto.randomUUID(), { name, spec }, false)
    this.drafts.set(draft.id, draft)
    return draft
  }

  /** Forgets what was changed of a figure since it was stored. */
  discard(id: string): void {
    this.drafts.delete(id)
    this.listed([...this.stored.map((figure) => figure.id), ...this.drafts.keys()])
  }

  /** Stores a figure as it is now. */
  async save(draft: FigureDraft): Promise<void> {
    const { id, name, spec } = draft
    if (await this.store(`Save “${name}”`, { id, name, spec })) draft.stored = { name, spec }
  }

  /** Stores a figure under another name. */
  async rename({ id, spec, name: before }: StoredFigure, name: string): Promise<void> {
    await this.store(`Rename “${before}”`, { id, name, spec })
  }

  /** Stores a figure once more, which can then be changed by itself. */
  async duplicate({ name, spec }: Pick<NewFigure, 'name' | 'spec'>): Promise<string | null> {
    const id = crypto.randomUUID()
    const isDone = await this.store(`Duplicate “${name}”`, { id, name: `${name}, copy`, spec })
    return isDone ? id : null
  }

  /** Removes a figure; the message that says so offers to take it back. */
  async delete({ id, name }: Pick<StoredFigure, 'id' | 'name'>): Promise<void> {
    const removed = await this.connection.attempt((client) =>
      client.request('figure.delete', { id })
    )
    if (!removed) return
    this.drafts.delete(id)
    const label = `Delete “${name}”`
    const figure = asNew(removed)
    this.add({
      label,
      undo: () => this.request((client) => client.request('figure.save', figure)),
      redo: () => this.request((client) => client.request('figure.delete', { id }))
    })
    await this.reload()
    this.notices.done(`Deleted “${name}”`, { label: 'Undo', run: () => void this.undo() })
  }

  private async store(label: string, figure: NewFigure): Promise<boolean> {
    const answer = await this.connection.attempt((client) => client.request('figure.save', figure))
    if (!answer) return false
    const { previous } = answer
    this.add({
      label,
      undo: () =>
        this.request((client) => {
          if (previous === null) return client.request('figure.delete', { id: figure.id })
          return client.request('figure.save', asNew(previous))
        }),
      redo: () => this.request((client) => client.request('figure.save', figure))
    })
    await this.reload()
    return true
  }

  private async request(work: (client: EngineClient) => Promise<unknown>): Promise<void> {
    const { client } = this.connection
    if (!client) return
    await work(client)
    await this.reload()
  }
}

/** A stored figure as it is stored again. */
function asNew({ id, name, spec, position, createdAt }: StoredFigure): NewFigure {
  return { id, name, spec, position, createdAt }
}
