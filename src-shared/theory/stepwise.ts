/**
 * A long computation in small pieces: it yields between two pieces and returns its result, so that
 * whoever runs it decides when to look at the clock, at other work, or at a wish to stop.
 */
export type Stepwise<Result> = Generator<undefined, Result>

/** Runs a stepwise computation to its end. */
export function finish<Result>(computation: Stepwise<Result>): Result {
  for (;;) {
    const piece = computation.next()
    if (piece.done) return piece.value
  }
}
