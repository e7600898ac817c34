import type { TransportedError } from '@shared/protocol/errors'

/** How the main process answers the page: thrown errors would lose their code and gain a prefix. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: TransportedError }
