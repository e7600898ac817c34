import type { RequestOf } from '@shared/protocol/channels'
import type { DataView } from '@shared/protocol/data-view'
import type { EngineClient } from '@shared/protocol/engine-client'
import { messageOf } from './format'
import { latest } from './latest'

type Request = RequestOf<'dataset.show'>

/** Edits and turns of a picture ask faster than the engine answers. */
const ASK_AFTER_MS = 60

/** The newest look at data, which stays until the next one is there, and what prevents it. */
export class DataLook {
  view = $state.raw<DataView | null>(null)
  problem = $state<string | null>(null)
  private readonly newest = latest(
    ({ client, request }: { client: EngineClient; request: Request }) =>
      client.request('dataset.show', request),
    {
      done: (view) => {
        this.view = view
        this.problem = null
      },
      failed: (problem) => {
        this.problem = messageOf(problem)
      }
    },
    ASK_AFTER_MS
  )

  /** Asks for another look. */
  ask(client: EngineClient, request: Request): void {
    this.newest.ask({ client, request })
  }
}
