import type { RunProgress } from '@shared/protocol/results'

type Losses = RunProgress['losses']

/** Where a run stands, as the jobs inside it know it. */
export type Position = Omit<RunProgress, 'fraction' | 'elapsedMs' | 'remainingMs' | 'losses'>

/** Events are at least this far apart; what is recorded in between goes with the next one. */
const INTERVAL_MS = 100
/** Before this long in training nothing is said of the time left. */
const FIRST_ESTIMATE_MS = 1000
/**
 * Until so much of the expected work is done, expectation fills in for what is missing of it: the first
 * steps take far longer than others, for graphs are made and every one of them is recorded.
 */
const TRUSTED_MS = 3000

/** Turns work done into progress events with an estimate of the time left. */
export class ProgressMeter {
  private readonly start = performance.now()
  private lastEvent = -Infinity
  private losses: Losses = []
  /** Where training began: a resumed run has a share of it behind it. */
  private trainingStart: { now: number; fraction: number } | null = null

  /**
   * @param totalMs what all training in the run is expected to take; remaining times are what was
   *   measured, carried on in these proportions
   * @param emit gets at most ten events a second
   */
  constructor(
    private readonly totalMs: number,
    private readonly emit: (progress: RunProgress) => void
  ) {}

  get elapsedMs(): number {
    return performance.now() - this.start
  }

  /**
   * @param doneMs what training so far was expected to take
   * @param loss newly recorded
   */
  report(position: Position, doneMs: number, loss: Losses[number] | null = null): void {
    const now = performance.now()
    if (loss) this.losses.push(loss)
    const fraction = this.totalMs === 0 ? 1 : Math.min(1, doneMs / this.totalMs)
    if (position.phase === 'training') this.trainingStart ??= { now, fraction }
    if (now - this.lastEvent < INTERVAL_MS) return
    this.lastEvent = now
    const training = this.trainingStart === null ? 0 : now - this.trainingStart.now
    const gainedMs = this.totalMs * (fraction - (this.trainingStart?.fraction ?? 0))
    const filledMs = Math.max(0, TRUSTED_MS - gainedMs)
    const slowness = (training + filledMs) / (gainedMs + filledMs)
    this.emit({
      ...position,
      fraction,
      elapsedMs: now - this.start,
      remainingMs: training < FIRST_ESTIMATE_MS ? null : this.totalMs * (1 - fraction) * slowness,
      losses: this.losses
    })
    this.losses = []
  }

  /** Sends what is still held back. */
  flush(position: Position, doneMs: number): void {
    this.lastEvent = -Infinity
    this.report(position, doneMs)
  }
}
