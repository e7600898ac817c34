import type { Tensor } from '@tensorflow/tfjs-node-gpu'

/** What some steps of training came to. */
export interface StepsDone {
  /** The new variables; the caller disposes of them. */
  readonly variables: Tensor[]
  /** How many steps were done: fewer than asked for only after outputs that are not finite. */
  readonly count: number
  /** Whether the outputs before the last of these steps were finite. */
  readonly isFinite: boolean
}

/** Runs steps of training on variables in the order of TrainerState. */
export interface StepRunner {
  /** Steps first + 1 … first + count, without a turn for anybody else. */
  run(variables: readonly Tensor[], first: number, count: number): StepsDone
  dispose(): void
}
