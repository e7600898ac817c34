import type { Matrix } from '../matrix'
import type { BundledSet } from './bundled-sets'

/** What a table's rows are to be mapped to: numbers, or classes as indices into `names`. */
export type TableTargets =
  | { readonly kind: 'numbers'; readonly names: readonly string[]; readonly values: Matrix }
  | { readonly kind: 'classes'; readonly names: readonly string[]; readonly labels: Int32Array }

/** Data as they were collected: before classes are chosen, inputs scaled or rows split. */
export interface DataTable {
  readonly inputNames: readonly string[]
  readonly inputs: Matrix
  readonly targets: TableTargets
}

/** Where tables come from: resources and the session, which only the engine can read. */
export interface TableSource {
  bundled(set: BundledSet): DataTable
  /**
   * A data set stored in the session.
   *
   * @param sha256 of its contents
   */
  stored(sha256: string): DataTable
}
