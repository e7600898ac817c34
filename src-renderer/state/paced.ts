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
  let isWanted = false
  let isStopped = false
  let lastBegun = -Infinity
  const begin = async (): Promise<void> => {
    timer = undefined
    isBusy = true
    isWanted = false
    lastBegun = performance.now()
    await work()
    isBusy = false
    if (isWanted) plan()
  }
  const plan = (): void => {
    isWanted = true
    if (isBusy || isStopped || timer !== undefined) return
    const wait = Math.max(0, lastBegun + intervalMs - performance.now())
    timer = setTimeout(() => void begin(), wait)
  }
  return {
    ask: plan,
    stop() {
      isStopped = true
      clearTimeout(timer)
    }
  }
}
