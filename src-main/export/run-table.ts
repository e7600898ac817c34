/** A cell of a table: null where there is nothing to say. */
export type Cell = number | string | boolean | null

/** Long ("tidy") data of a run: one row an observation. */
export interface RunTable {
  /** Also the name of its file. */
  readonly name: string
  /** What a row is, in a sentence. */
  readonly description: string
  /** Names with their units. */
  readonly columns: readonly string[]
  /** Reads what it needs when it is needed: never the whole table is in memory. */
  readonly rows: () => Iterable<readonly Cell[]>
}
