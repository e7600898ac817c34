import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Stepwise } from '@shared/theory/stepwise'

/** Other work gets a turn at least this often, so that a cancel is felt within 200 ms. */
const TURN_MS = 30

/** Runs a stepwise computation, giving the event loop a turn every 30 ms; stops when aborted. */
export async function inTurns<Result>(
  computation: Stepwise<Result>,
  signal: AbortSignal
): Promise<Result> {
  let lastTurn = performance.now()
  for (;;) {
    const piece = computation.next()
    if (piece.done) return piece.value
    if (performance.now() - lastTurn > TURN_MS) {
      await nextTurn()
      signal.throwIfAborted()
      lastTurn = performance.now()
    }
  }
}
