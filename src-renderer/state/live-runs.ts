import type { LossView, RunProgress } from '@shared/protocol/results'

type LossRecord = RunProgress['losses'][number]

/** What is known of a run while it is computed. */
export interface LiveRun {
  readonly progress: RunProgress
  /** Losses of the networks in training, by step. */
  readonly losses: readonly LossRecord[]
}

/** Before anything was told. */
export const noLiveRuns: ReadonlyMap<string, LiveRun> = new Map()

/** Runs in progress, from the engine's events; told at most every `intervalMs`. */
export class LiveRuns {
  private readonly runs = new Map<string, LiveRun>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private toldAt = -Infinity

  constructor(
    private readonly tell: (runs: ReadonlyMap<string, LiveRun>) => void,
    private readonly intervalMs = 100
  ) {}

  /** Takes in an event. */
  take(progress: RunProgress): void {
    const before = this.runs.get(progress.runId)
    this.runs.set(progress.runId, { progress, losses: extended(before, progress) })
    this.tellSoon()
  }

  /** A run has ended. */
  forget(runId: string): void {
    if (this.runs.delete(runId)) this.tellSoon()
  }

  /** All runs have ended, with the engine. */
  clear(): void {
    this.runs.clear()
    this.tellSoon()
  }

  private tellSoon(): void {
    if (this.timer !== undefined) return
    const wait = Math.max(0, this.toldAt + this.intervalMs - performance.now())
    this.timer = setTimeout(() => {
      this.timer = undefined
      this.toldAt = performance.now()
      this.tell(new Map(this.runs))
    }, wait)
  }
}

/** The losses so far; another ensemble or another block of networks starts anew. */
function extended(before: LiveRun | undefined, now: RunProgress): readonly LossRecord[] {
  const last = before?.losses.at(-1)?.step ?? -1
  const first = now.losses[0]?.step ?? Infinity
  const continues =
    before !== undefined &&
    before.progress.ensembleIndex === now.ensembleIndex &&
    before.progress.membersDone === now.membersDone &&
    first > last
  return continues ? [...before.losses, ...now.losses] : now.losses
}

/** The losses of a run in progress as a figure shows them; null before there are any. */
export function liveLossView(
  { name, experiment }: { name: string; experiment: { loss: LossView['loss'] } },
  { progress, losses }: LiveRun
): LossView | null {
  if (losses.length === 0) return null
  const column = (of: (record: LossRecord) => number): Float64Array => Float64Array.from(losses, of)
  return {
    runId: progress.runId,
    runName: name,
    ensembleIndex: progress.ensembleIndex,
    width: progress.width,
    conditionLabel: progress.conditionLabel,
    steps: column(({ step }) => step),
    mean: column(({ mean }) => mean),
    low: column(({ low }) => low),
    high: column(({ high }) => high),
    loss: experiment.loss,
    predicted: new Float64Array(),
    provenance: ''
  }
}
