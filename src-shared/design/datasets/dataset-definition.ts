import type { z } from 'zod'
import type { Matrix } from '../matrix'

/** One number per point to plot results against. */
export interface Coordinate {
  readonly label: string
  readonly unit: string
  readonly train: Float64Array
  readonly test: Float64Array
}

/** Which class every point is of: indices into `names`. */
export interface Classes {
  readonly names: readonly string[]
  readonly train: Int32Array
  readonly test: Int32Array
}

/** Data ready to be used: inputs N×d, targets N×k. */
export interface Dataset {
  readonly trainInputs: Matrix
  readonly trainTargets: Matrix
  readonly testInputs: Matrix
  /** The target function at the test points, where it is known. */
  readonly testTargets: Matrix | null
  readonly coordinate: Coordinate
  /** Of data sets for classification; their targets say the same in numbers. */
  readonly classes?: Classes
}

/** One generator of the registry: its parameters, how it is shown, and the data it makes. */
export interface GeneratorDefinition<Schema extends z.ZodType> {
  readonly schema: Schema
  readonly title: string
  /** What the data are, in a sentence. */
  readonly description: string
  /** The target in TeX. */
  readonly formula: string
  /** The data that parameters stand for; equal parameters give equal data. */
  readonly make: (spec: z.infer<Schema>) => Dataset
}

/** Keeps an entry's schema and parameters together in its type. */
export function defineGenerator<Schema extends z.ZodType>(
  definition: GeneratorDefinition<Schema>
): GeneratorDefinition<Schema> {
  return definition
}
