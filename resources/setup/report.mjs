/** Seconds between two progress lines where the output is no terminal. */
const QUIET_PERIOD = 10

/**
 * Tells a person what set-up does: one line for each finished part, and in between a heartbeat with
 * the elapsed time and the bytes so far. All of it goes to stderr, so that commands keep stdout for
 * their data.
 */
export class Report {
  /** @param {{ stream?: NodeJS.WritableStream & { isTTY?: boolean }, now?: () => number }} [options] */
  constructor({ stream = process.stderr, now = Date.now } = {}) {
    this.stream = stream
    this.now = now
    this.started = now()
    /** @type {Map<string, { since: number, text: () => string }>} */
    this.active = new Map()
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined
    this.ticks = 0
  }

  /**
   * @param {string} part
   * @param {string | (() => string)} doing
   */
  doing(part, doing) {
    const since = this.active.get(part)?.since ?? this.now()
    this.active.set(part, { since, text: typeof doing === 'string' ? () => doing : doing })
    this.timer ??= setInterval(() => this.heartbeat(), 1000).unref()
  }

  /**
   * @param {string} part
   * @param {string} text
   */
  done(part, text) {
    const since = this.active.get(part)?.since
    this.active.delete(part)
    this.line(`${part}: ${text}${since === undefined ? '' : ` (${seconds(this.now() - since)})`}`)
    if (this.active.size === 0) this.stop()
  }

  /** @param {string} text */
  line(text) {
    this.clear()
    this.stream.write(`set-up: ${text}\n`)
  }

  stop() {
    this.clear()
    clearInterval(this.timer)
    this.timer = undefined
  }

  elapsed() {
    return seconds(this.now() - this.started)
  }

  heartbeat() {
    this.ticks += 1
    if (!this.stream.isTTY && this.ticks % QUIET_PERIOD !== 0) return
    const doing = [...this.active].map(
      ([part, { since, text }]) => `${part} ${text()} ${seconds(this.now() - since)}`
    )
    const line = `  … ${this.elapsed()}: ${doing.join('; ')}`
    if (!this.stream.isTTY) this.stream.write(`${line}\n`)
    else this.stream.write(`\r\x1b[2K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`)
  }

  clear() {
    if (this.stream.isTTY) this.stream.write('\r\x1b[2K')
  }
}

/** @param {number} timeMs */
export function seconds(timeMs) {
  return `${timeMs < 9500 ? (timeMs / 1000).toFixed(1) : Math.round(timeMs / 1000)} s`
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return `${bytes < 9.5e6 ? (bytes / 1e6).toFixed(1) : Math.round(bytes / 1e6)} MB`
}
