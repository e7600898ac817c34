/** Waiting times before the first, second and every later restart. */
const DELAYS_MS = [200, 1000, 5000] as const
const MAXIMUM_CRASHES = 4
const WINDOW_MS = 60_000

/**
 * How long to wait before the engine is started again; null when it crashed too often to go on by
 * itself.
 *
 * @param crashTimesMs when it crashed, on any clock, the last one being now
 */
export function restartDelay(crashTimesMs: readonly number[]): number | null {
  const now = crashTimesMs.at(-1) ?? 0
  const recent = crashTimesMs.filter((time) => now - time < WINDOW_MS).length
  if (recent >= MAXIMUM_CRASHES) return null
  return DELAYS_MS[Math.min(recent, DELAYS_MS.length) - 1] ?? DELAYS_MS[0]
}
