import { z } from 'zod'

/** Where a waiting run is moved: one place, to the beginning or to the end. */
export const queueMoves = ['up', 'down', 'first', 'last'] as const
export type QueueMove = (typeof queueMoves)[number]

export const queueEntrySchema = z.object({
  /** Of the run or the study. */
  id: z.string(),
  kind: z.enum(['run', 'study']),
  /** A run's name, a study's id. */
  name: z.string(),
  /**
   * 'left': it waited, or was computed, when the session was closed or the engine ended, and nobody has
   * said yet that it should go on.
   */
  state: z.enum(['running', 'waiting', 'left']),
  /** What training was expected to take when it was queued; null where that is not known. */
  estimatedMs: z.number().nullable()
})
export type QueueEntry = z.infer<typeof queueEntrySchema>

/** What is computed and what waits for it. */
export const queueStateSchema = z.object({
  /** What is computed goes on to its end, but nothing after it begins. */
  held: z.boolean(),
  /** In the order of computation; those that were left come last. */
  entries: z.array(queueEntrySchema)
})
export type QueueState = z.infer<typeof queueStateSchema>

/**
 * The list with one of its members moved; the same where there is nowhere to move it.
 *
 * @param isMoved tells the member
 */
export function moved<T>(list: readonly T[], isMoved: (one: T) => boolean, to: QueueMove): T[] {
  const from = list.findIndex(isMoved)
  const one = list[from]
  if (one === undefined) return [...list]
  const places: Record<QueueMove, number> = {
    up: Math.max(0, from - 1),
    down: Math.min(list.length - 1, from + 1),
    first: 0,
    last: list.length - 1
  }
  return list.toSpliced(from, 1).toSpliced(places[to], 0, one)
}
