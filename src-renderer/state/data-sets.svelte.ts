import type { DatasetSpec } from '@shared/design/dataset'
import type { DatasetList } from '@shared/protocol/datasets'
import type { Connection } from './connection.svelte'
import { DataImport } from './data-import.svelte'
import type { Notices } from './notices.svelte'
import {
  checkData,
  dataDraft,
  identityKey,
  identityOf,
  type DataDraft,
  type DataIdentity
} from './data-draft'

/** All data that experiments can name, and the one on show with its parameters. */
export class DataSets {
  /** null until the engine has told. */
  list = $state.raw<DatasetList | null>(null)
  draft = $state.raw<DataDraft | null>(null)
  readonly check = $derived(this.draft ? checkData(this.draft) : null)
  /** What was changed of those looked at before. */
  private edited: Readonly<Record<string, DataDraft>> = {}

  /** A file on its way into the session. */
  readonly importing: DataImport

  constructor(
    private readonly connection: Connection,
    notices: Notices
  ) {
    this.importing = new DataImport(connection, ({ dataset, isNew, preparation }) => {
      notices.done(
        isNew
          ? `Stored ${dataset.name} in the session`
          : `The session has the same data already, as ${dataset.name}`
      )
      this.draft = dataDraft({ kind: 'stored', sha256: dataset.sha256 }, preparation)
      void this.reload()
    })
  }

  /** Asks for the data anew; what was shown of another session's stored ones goes. */
  async reload(): Promise<void> {
    const list = await this.connection.attempt((client) => client.request('dataset.list', {}))
    if (!list) return
    this.list = list
    const shown = this.draft?.identity
    if (shown?.kind === 'stored' && !this.stored(shown.sha256)) this.draft = null
  }

  /** Shows data as they were left, or as they start. */
  choose(identity: DataIdentity): void {
    const start = identity.kind === 'stored' ? this.stored(identity.sha256)?.preparation : undefined
    this.draft = this.edited[identityKey(identity)] ?? dataDraft(identity, start)
  }

  /** Shows data with the parameters of a specification; the circle for what has no form here. */
  show(data: DatasetSpec | null): void {
    const identity = data && identityOf(data)
    if (data && identity) this.draft = dataDraft(identity, data)
    else this.choose({ kind: 'circle' })
  }

  /** Changes one parameter of the data on show. */
  edit(place: string, text: string): void {
    if (!this.draft) return
    this.draft = { ...this.draft, texts: { ...this.draft.texts, [place]: text } }
    this.edited = { ...this.edited, [identityKey(this.draft.identity)]: this.draft }
  }

  private stored(sha256: string) {
    return this.list?.stored.find((one) => one.sha256 === sha256)
  }
}
