/** A failure that the user can act on: what happened, why, and what to do. */
export class SetUpError extends Error {
  /** @param {{ what: string, why?: string, todo?: string }} parts */
  constructor({ what, why, todo }) {
    super([what, why && `  why: ${why}`, todo && `  to do: ${todo}`].filter(Boolean).join('\n'))
    this.name = 'SetUpError'
  }
}

/** @param {unknown} error */
export function messageOf(error) {
  if (error instanceof SetUpError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
