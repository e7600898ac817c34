import type { z } from 'zod'
import type { TableSource } from '@shared/design/datasets/table'
import type { Experiment } from '@shared/design/experiment'
import type { RunDetail } from '@shared/protocol/results'
import type { StudyContent } from '@shared/studies/study-report'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import type { Stepwise } from '@shared/theory/stepwise'
import type { StoredArray } from '../../session/stored-array'
import type { OwnerKind } from '../../session/arrays'

/** What an analysis computes with. */
export interface StudyTools {
  readonly algebra: LinearAlgebra
  readonly tables: TableSource
  /** Computes in turns with other work; stops when the study is stopped. */
  readonly compute: <Result>(computation: Stepwise<Result>) => Promise<Result>
  /**
   * The session's completed run of an experiment, trained first where there is none: a paused or
   * interrupted one goes on.
   */
  readonly trained: (experiment: Experiment) => Promise<RunDetail>
  /** An array of such a run. */
  readonly array: (run: RunDetail, owner: OwnerKind, index: number, name: string) => StoredArray
  /** How much of the part is done. */
  readonly progress: (fraction: number) => void
}

/** One piece of a study: what it found is stored, and not computed again when the study goes on. */
export interface StudyPart {
  /** Unique in the study. */
  readonly id: string
  /** In words, while it runs. */
  readonly title: string
  /** How long it takes, relative to the others. */
  readonly weight: number
  readonly compute: (tools: StudyTools) => Promise<Partial<StudyContent>>
}

/** How one study is made from its parameters. */
export interface StudyAnalysis {
  /** The id of its definition. */
  readonly id: string
  /**
   * The parts for these parameters.
   *
   * @throws {z.ZodError} for parameters that are not the study's
   */
  readonly parts: (parameters: unknown) => readonly StudyPart[]
}

/** Keeps an analysis' schema and parameters together in its type. */
export function defineStudy<Schema extends z.ZodType>(
  id: string,
  schema: Schema,
  parts: (parameters: z.output<Schema>) => readonly StudyPart[]
): StudyAnalysis {
  return { id, parts: (parameters) => parts(schema.parse(parameters)) }
}
