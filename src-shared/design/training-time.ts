import { z } from 'zod'
import { positiveNumber } from './parameters'

const eta = positiveNumber

/**
 * A moment of training at which theory predicts: the one place that says what steps, learning rate
 * and time have to do with one another.
 *
 * η is the step size of the loss ½ Σ (f − y)² (`stepSize` in design/experiment.ts converts other
 * conventions). Discrete gradient descent after k steps, and gradient flow df/dt = −η K (f − y) after
 * time t, both move the outputs along τ = η·k or τ = η·t: with the same η, t counts in steps, and the
 * two agree as η → 0 at fixed τ.
 */
export const trainingTimeSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('flow'),
      /** Infinity, in files "inf": the end of training. */
      t: z.union(
        [z.number().min(0, 't must not be negative'), z.literal('inf').transform(() => Infinity)],
        {
          error: 't must be a number or "inf"'
        }
      ),
      eta
    }),
    z.strictObject({
      kind: z.literal('steps'),
      k: z.int('k must be a whole number').min(0, 'k must not be negative'),
      eta
    })
  ],
  { error: 'kind must be flow or steps' }
)
export type TrainingTime = z.infer<typeof trainingTimeSchema>

/** τ = η·t or η·k. */
export function effectiveTime(time: TrainingTime): number {
  return time.eta * (time.kind === 'flow' ? time.t : time.k)
}
