import type { RunProgress } from '@shared/protocol/results'

type Losses = RunProgress['losses']

/** Where a run stands, as the jobs inside it know it. */
export type Position = Omit<RunProgress, 'fraction' | 'elapsedMs' | 'remainingMs' | 'losses'>

/** Events are at least this far apart; what is recorded in between goes with the next one. */
const INTERVAL_MS = 100
/** Before this long in training a rate says too little to estimate from. */
const FIRST_ESTIMATE_MS = 1000

/** Turns work done into progress events with an estimate of the time left. */
export class ProgressMeter {
  private readonly start = performance.now()
  private lastEvent = -Infinity
  private losses: Losses = []
  private trainingStart: number | null = null

  /**
   * @param totalFlops operations of all training in the run
   * @param emit gets at most ten events a second
   */
  constructor(
    private readonly totalFlops: number,
    private readonly emit: (progress: RunProgress) => void
  ) {}

  get elapsedMs(): number {
    return performance.now() - this.start
  }

  /**
   * @param flopsDone operations done so far
   * @param loss newly recorded
   */
  report(position: Position, flopsDone: number, loss: Losses[number] | null = null): void {
    const now = performance.now()
    if (loss) this.losses.push(loss)
    if (position.phase === 'training') this.trainingStart ??= now
    if (now - this.lastEvent < INTERVAL_MS) return
    this.lastEvent = now
    const fraction = this.totalFlops === 0 ? 1 : Math.min(1, flopsDone / this.totalFlops)
    const training = this.trainingStart === null ? 0 : now - this.trainingStart
    this.emit({
      ...position,
      fraction,
      elapsedMs: now - this.start,
      remainingMs:
        training < FIRST_ESTIMATE_MS || fraction === 0 ? null : training * (1 / fraction - 1),
      losses: this.losses
    })
    this.losses = []
  }

  /** Sends what is still held back. */
  flush(position: Position, flopsDone: number): void {
    this.lastEvent = -Infinity
    this.report(position, flopsDone)
  }
}
