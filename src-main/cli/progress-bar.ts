import progress, { type SingleBar } from 'cli-progress'
import type { RunProgress } from '@shared/protocol/results'

/** Without a terminal a line every so often says enough. */
const LINE_INTERVAL_MS = 10_000

/** Shows a run's progress on standard error: a bar on a terminal, a line now and then elsewhere. */
export class ProgressBar {
  private readonly bar: SingleBar | null
  private lastLine = -Infinity

  constructor() {
    this.bar = process.stderr.isTTY
      ? new progress.SingleBar(
          {
            stream: process.stderr,
            clearOnComplete: true,
            hideCursor: true,
            format: (options, params, payload: { text: string }) =>
              `${progress.Format.BarFormat(params.progress, options)} ${payload.text}`
          },
          progress.Presets.shades_classic
        )
      : null
    this.bar?.start(1, 0, { text: '' })
  }

  show(progress: RunProgress): void {
    const text = describeProgress(progress)
    this.bar?.update(progress.fraction, { text })
    if (this.bar || performance.now() - this.lastLine < LINE_INTERVAL_MS) return
    this.lastLine = performance.now()
    process.stderr.write(`${text}\n`)
  }

  stop(): void {
    this.bar?.stop()
  }
}

/** Such as "34 % training width 128, step 700/2000, members 0/64, about 8 s left". */
function describeProgress(progress: RunProgress): string {
  const { phase, conditionLabel, width, step, steps, membersDone, members } = progress
  const where = phase === 'predicting' ? '' : ` width ${width}`
  const condition = conditionLabel ? ` (${conditionLabel})` : ''
  const left =
    progress.remainingMs === null
      ? ''
      : `, about ${describeSeconds(progress.remainingMs / 1000)} left`
  return (
    `${Math.round(100 * progress.fraction)} % ${phase}${where}${condition}, ` +
    `ensemble ${progress.ensembleIndex + 1}/${progress.ensembleCount}, step ${step}/${steps}, ` +
    `members ${membersDone}/${members}${left}`
  )
}

function describeSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}
