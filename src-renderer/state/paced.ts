/**
 * Does work when it is asked for, at most once an interval and never twice at a time; asked meanwhile, it
 * is done once more afterwards.
 *
 * @param work must not reject
 */
export function paced(
  work: () => Promise<void>,
  intervalMs: number
): { ask(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isBusy = false
  /** How often it was asked for, and how often that was when it was last begun. */
  let asked = 0
  let begunAt = 0
  let isStopped = false
  let lastBegun = -Infinity
  const begin = async (): Promise<void> => {
    timer = undefined
    isBusy = true
    begunAt = asked
    lastBegun = performance.now()
    await work()
    isBusy = false
    if (asked > begunAt) plan()
  }
  const plan = (): void => {
    if (isBusy || isStopped || timer !== undefined) return
    const wait = Math.max(0, lastBegun + intervalMs - performance.now())
    timer = setTimeout(() => void begin(), wait)
  }
  return {
    ask() {
      asked++
      plan()
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    }
  }
}
