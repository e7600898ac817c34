import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Stepwise } from '@shared/theory/stepwise'

/** Other work gets a turn at least this often, so that a cancel is felt within 200 ms. */
const TURN_MS = 30

/** Gives the event loop a turn every 30 ms, also between short computations one after another. */
export class Turns {
  private last = performance.now()

  /** @param signal stops what is computed at its next turn */
  constructor(private readonly signal: AbortSignal) {}

  /** Runs a stepwise computation to its end. */
  async run<Result>(computation: Stepwise<Result>): Promise<Result> {
    for (;;) {
      if (performance.now() - this.last > TURN_MS) await this.give()
      const piece = computation.next()
      if (piece.done) return piece.value
    }
  }

  private async give(): Promise<void> {
    await nextTurn()
    this.signal.throwIfAborted()
    this.last = performance.now()
  }
}

/** Runs a stepwise computation, giving the event loop a turn every 30 ms; stops when aborted. */
export function inTurns<Result>(
  computation: Stepwise<Result>,
  signal: AbortSignal
): Promise<Result> {
  return new Turns(signal).run(computation)
}
