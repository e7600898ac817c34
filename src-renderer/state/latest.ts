/**
 * Wraps work so that only the latest call's outcome is used: what earlier calls bring in late is
 * dropped.
 *
 * @param delayMs calls within this time of each other are answered by the last alone
 */
export function latest<Argument, Result>(
  work: (argument: Argument) => Promise<Result>,
  handlers: { done(result: Result): void; failed(problem: unknown): void },
  delayMs = 0
): { ask(argument: Argument): void; forget(): void } {
  let ticket = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const start = (argument: Argument, mine: number): void => {
    work(argument).then(
      (result) => {
        if (mine === ticket) handlers.done(result)
      },
      (problem: unknown) => {
        if (mine === ticket) handlers.failed(problem)
      }
    )
  }
  return {
    ask(argument) {
      const mine = ++ticket
      clearTimeout(timer)
      if (delayMs === 0) start(argument, mine)
      else timer = setTimeout(start, delayMs, argument, mine)
    },
    forget() {
      ticket++
      clearTimeout(timer)
    }
  }
}
