import type { Tensor } from '@tensorflow/tfjs-node-gpu'

/** What some steps of training came to. */
export interface StepsDone {
  /** The new variables; the caller disposes of them. */
  readonly variables: Tensor[]
  /** How many steps were done: fewer than asked for only after outputs that are not finite. */
  readonly count: number
  /** Whether the outputs before the last of these steps, or cycle of steps, were finite. */
  readonly isFinite: boolean
}

/** Steps first + 1 … first + count from these variables on, without a turn for anybody else. */
export type RunSteps = (variables: readonly Tensor[], first: number, count: number) => StepsDone

/** Runs steps of training on variables in the order of TrainerState. */
export interface StepRunner {
  /** One by one. */
  readonly run: RunSteps
  /** In cycles, to other rounding and faster; null: there is nothing to gain from cycles. */
  readonly cycles: {
    readonly length: number
    /** `count` is a multiple of the length. */
    readonly run: RunSteps
  } | null
  dispose(): void
}
