import type { RequestOf, ResultOf } from '@shared/protocol/channels'
import type { EngineClient } from '@shared/protocol/engine-client'
import { latest } from './latest'

/** Sliders ask faster than kernels are computed: a request every few frames is enough. */
const ASK_AFTER_MS = 40

/** The newest preview of theory, which stays until the next one is there. */
export class TheoryPreview {
  result = $state.raw<ResultOf<'theory.preview'>>(null)
  private readonly newest: { ask(work: () => Promise<ResultOf<'theory.preview'>>): void }

  /** @param failed is told why a preview could not be computed */
  constructor(failed: (problem: unknown) => void) {
    this.newest = latest(
      (work: () => Promise<ResultOf<'theory.preview'>>) => work(),
      {
        done: (result) => {
          // null: a newer one was asked for elsewhere in the window.
          if (result) this.result = result
        },
        failed
      },
      ASK_AFTER_MS
    )
  }

  /** Asks for another preview. */
  ask(client: EngineClient, request: RequestOf<'theory.preview'>): void {
    this.newest.ask(() => client.request('theory.preview', request))
  }
}
