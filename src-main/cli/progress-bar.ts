import progress, { type SingleBar } from 'cli-progress'
import type { RunProgress } from '@shared/protocol/results'
import type { StudyProgress } from '@shared/studies/study-report'

/** Without a terminal a line every so often says enough. */
const LINE_INTERVAL_MS = 10_000

/**
 * Shows progress on standard error: a bar on a terminal from the first progress on, a line now and then
 * elsewhere.
 */
export class ProgressBar {
  private bar: SingleBar | null = null
  private lastLine = -Infinity

  /**
   * @param fraction of all work
   * @param text where it stands
   */
  show(fraction: number, text: string): void {
    if (process.stderr.isTTY) {
      this.bar ??= startedBar()
      this.bar.update(fraction, { text })
    } else if (performance.now() - this.lastLine > LINE_INTERVAL_MS) {
      this.lastLine = performance.now()
      process.stderr.write(`${text}\n`)
    }
  }

  stop(): void {
    this.bar?.stop()
  }
}

function startedBar(): SingleBar {
  const bar = new progress.SingleBar(
    {
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
      format: (options, params, payload: { text: string }) =>
        `${progress.Format.BarFormat(params.progress, options)} ${payload.text}`
    },
    progress.Presets.shades_classic
  )
  bar.start(1, 0, { text: '' })
  return bar
}

/** Such as "34 % training width 128, step 700/2000, members 0/64, about 8 s left". */
export function describeRunProgress(progress: RunProgress): string {
  const { phase, conditionLabel, width, step, steps, membersDone, members } = progress
  const where = phase === 'predicting' ? '' : ` width ${width}`
  const condition = conditionLabel ? ` (${conditionLabel})` : ''
  return (
    `${percent(progress.fraction)} ${phase}${where}${condition}, ` +
    `ensemble ${progress.ensembleIndex + 1}/${progress.ensembleCount}, step ${step}/${steps}, ` +
    `members ${membersDone}/${members}${timeLeft(progress.remainingMs)}`
  )
}

/** Such as "34 % part 2/4: the NTK of erf_m at depth 2, about 8 s left". */
export function describeStudyProgress(progress: StudyProgress): string {
  const { fraction, partIndex, partCount, part, remainingMs } = progress
  return `${percent(fraction)} part ${partIndex + 1}/${partCount}: ${part}${timeLeft(remainingMs)}`
}

function percent(fraction: number): string {
  return `${Math.round(100 * fraction)} %`
}

function timeLeft(remainingMs: number | null): string {
  return remainingMs === null ? '' : `, about ${describeSeconds(remainingMs / 1000)} left`
}

function describeSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}
