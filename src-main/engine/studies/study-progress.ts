import type { StudyProgress } from '@shared/studies/study-report'
import type { StudyPart } from './study-analysis'

/** Events are at least this far apart. */
const INTERVAL_MS = 100
/** Before this long a rate says too little to estimate from. */
const FIRST_ESTIMATE_MS = 1000

/** Turns the progress of a study's parts into events with an estimate of the time left. */
export class StudyProgressMeter {
  private readonly start = performance.now()
  private readonly total: number
  /** What an earlier process, or an earlier stretch of the study, has done. */
  private readonly before: number
  private lastEvent = -Infinity

  /**
   * @param parts all parts
   * @param finished the ids of those that are done already
   * @param emit gets at most ten events a second
   */
  constructor(
    private readonly studyId: string,
    private readonly parts: readonly StudyPart[],
    finished: ReadonlySet<string>,
    private readonly emit: (progress: StudyProgress) => void
  ) {
    this.total = parts.reduce((sum, { weight }) => sum + weight, 0)
    this.before = parts.reduce((sum, part) => sum + (finished.has(part.id) ? part.weight : 0), 0)
  }

  /**
   * @param done the weight of all finished parts
   * @param share how much of the part in work is done
   */
  report(part: StudyPart, done: number, share: number): void {
    const now = performance.now()
    if (now - this.lastEvent < INTERVAL_MS && share > 0) return
    this.lastEvent = now
    const work = done + Math.min(1, share) * part.weight
    const gained = work - this.before
    const elapsedMs = now - this.start
    this.emit({
      studyId: this.studyId,
      part: part.title,
      partIndex: this.parts.indexOf(part),
      partCount: this.parts.length,
      fraction: Math.min(1, work / this.total),
      elapsedMs,
      remainingMs:
        elapsedMs < FIRST_ESTIMATE_MS || gained <= 0
          ? null
          : (elapsedMs * (this.total - work)) / gained
    })
  }
}
