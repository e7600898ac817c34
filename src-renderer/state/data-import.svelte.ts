import type { Preparation } from '@shared/design/datasets/preparation'
import type { DatasetPreview, StoredDataset } from '@shared/protocol/datasets'
import type { Connection } from './connection.svelte'
import { messageOf } from './format'
import {
  foundOut,
  importRequest,
  noRoles,
  readingOptions,
  roleProblem,
  suggestedRoles,
  withRole,
  type ColumnRole,
  type ColumnRoles,
  type Reading
} from './import-plan'

/** What became of an import. */
export interface Imported {
  readonly dataset: StoredDataset
  readonly isNew: boolean
  /** As this import stated it, also where the same contents were stored by another one. */
  readonly preparation: Preparation
}

/** A file on its way into the session: chosen, read, its columns given roles, stored. */
export class DataImport {
  /** null while no file is being imported. */
  fileName = $state<string | null>(null)
  /** null until the file is read. */
  preview = $state.raw<DatasetPreview | null>(null)
  reading = $state.raw<Reading>(foundOut)
  roles = $state.raw<ColumnRoles>(noRoles)
  name = $state('')
  isBusy = $state(false)
  /** What the file was refused for, when it was read or stored. */
  refusal = $state<string | null>(null)
  /** Why the roles cannot be taken as they are. */
  readonly problem = $derived(this.preview ? roleProblem(this.preview, this.roles) : null)

  constructor(
    private readonly connection: Connection,
    private readonly stored: (imported: Imported) => void
  ) {}

  /** Asks the user for a file, and reads it. */
  async choose(): Promise<void> {
    const chosen = await this.connection.ask((bridge) => bridge.invoke('dataset:choose', undefined))
    if (!chosen) return
    this.fileName = chosen.fileName
    this.name = chosen.fileName.replace(/\.[^.]+$/, '')
    await this.read(foundOut)
  }

  /** Reads the chosen file, in another way or anew. */
  async read(reading: Reading): Promise<void> {
    const before = this.preview
    this.reading = reading
    this.preview = null
    await this.attempt(async () => {
      const { bridge } = this.connection
      const preview = await bridge.invoke('dataset:read', readingOptions(reading))
      const isSame = sameColumns(before, preview)
      this.preview = preview
      if (!isSame) this.roles = suggestedRoles(preview)
    })
  }

  /** Gives a column a role. */
  give(column: string, role: ColumnRole): void {
    this.roles = withRole(this.roles, column, role)
    this.refusal = null
  }

  /** Stores the data, and ends the import. */
  async store(preparation: Preparation): Promise<void> {
    await this.attempt(async () => {
      const request = importRequest(this.name, this.reading, this.roles, preparation)
      const result = await this.connection.bridge.invoke('dataset:import', request)
      this.end()
      this.stored({ ...result, preparation })
    })
  }

  /** Leaves the file as it is. */
  end(): void {
    this.fileName = null
    this.preview = null
    this.refusal = null
  }

  /** Says what goes wrong beside the file, where it can be put right. */
  private async attempt(work: () => Promise<void>): Promise<void> {
    this.isBusy = true
    this.refusal = null
    try {
      await work()
    } catch (problem) {
      this.refusal = messageOf(problem)
    } finally {
      this.isBusy = false
    }
  }
}

function sameColumns(before: DatasetPreview | null, after: DatasetPreview): boolean {
  const names = (preview: DatasetPreview): string =>
    JSON.stringify(preview.columns.map(({ name }) => name))
  return before !== null && names(before) === names(after)
}
