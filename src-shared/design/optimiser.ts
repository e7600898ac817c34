import { z } from 'zod'

const fraction = z.number().min(0, 'must be at least 0').lt(1, 'must be below 1')

/**
 * Training points per step, drawn without replacement from a seeded order that starts anew when all
 * have been used; null: all of them at every step.
 */
const batchSize = z.int().min(1).nullable().default(null)

/** How parameters follow their gradient. Kernel theory here is that of 'gd'. */
export const optimiserSchema = z.discriminatedUnion(
  'kind',
  [
    /** θ ← θ − η g, g over all training points. */
    z.strictObject({ kind: z.literal('gd') }),
    /** θ ← θ − η g, g over batchSize points. */
    z.strictObject({ kind: z.literal('sgd'), batchSize: z.int().min(1) }),
    /** v ← βv + g; θ ← θ − ηv, or θ ← θ − η(βv + g) with nesterov. */
    z.strictObject({
      kind: z.literal('momentum'),
      beta: fraction.default(0.9),
      nesterov: z.boolean().default(false),
      batchSize
    }),
    /** Kingma & Ba (2015), algorithm 1: θ ← θ − η m̂/(√v̂ + ε). */
    z.strictObject({
      kind: z.literal('adam'),
      beta1: fraction.default(0.9),
      beta2: fraction.default(0.999),
      epsilon: z.number().positive('must be above 0').default(1e-8),
      batchSize
    })
  ],
  { error: 'optimiser.kind must be one of gd, sgd, momentum, adam' }
)
export type Optimiser = z.infer<typeof optimiserSchema>

/** 'mse': ½ Σ (f − y)². 'crossEntropy': −Σ y log softmax(f), targets in rows that sum to 1. */
export const lossSchema = z.enum(['mse', 'crossEntropy'], {
  error: 'loss must be mse or crossEntropy'
})
export type Loss = z.infer<typeof lossSchema>

/** Points per step of an optimiser, null where it uses all of them. */
export function batchSizeOf(optimiser: Optimiser): number | null {
  return optimiser.kind === 'gd' ? null : optimiser.batchSize
}
