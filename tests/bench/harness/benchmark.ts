/** One line of a benchmark's table. */
export interface Measurement {
  readonly name: string
  /** The lab's time (or another figure, with its unit). */
  readonly ours: number
  /** The peer's figure in the same unit; null where no peer was given or none applies. */
  readonly peer: number | null
  /** 'ms' unless stated. */
  readonly unit?: string
  /** A larger figure is the better one, as for GFLOP/s. */
  readonly higherIsBetter?: boolean
  readonly remark?: string
}

/** What a benchmark is given. */
export interface BenchmarkContext {
  /** The median time of a call in milliseconds, after `warmUp` calls that are not counted. */
  readonly measure: (
    call: () => unknown,
    options?: { repeats?: number; warmUp?: number }
  ) => Promise<number>
  /**
   * Runs tests/bench/peers/<script>.py and gives the JSON object that it prints; null where
   * TANGENT_PEERS does not name a Python with the peers' packages. Call it right after the lab's own
   * measurement: machines change their minds within minutes.
   */
  readonly peer: (
    script: string,
    options: Record<string, string | number>
  ) => Promise<PeerResult | null>
  /** Adds a line to the table. */
  readonly report: (measurement: Measurement) => void
}

/** What a peer prints. */
export type PeerResult = Readonly<Record<string, number | string>>

/** A file tests/bench/<name>.bench.ts exports one of these as its default. */
export interface Benchmark {
  readonly title: string
  run(context: BenchmarkContext): Promise<void>
}
