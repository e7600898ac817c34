import { z } from 'zod'
import type { ActivationDefinition, ActivationMath } from './activation-math'
import { erf } from './activations/erf'
import { heaviside } from './activations/heaviside'
import { identity } from './activations/identity'
import { relu } from './activations/relu'
import { sign } from './activations/sign'
import { tanh } from './activations/tanh'

/** Every activation of the lab: adding one is one file in activations/ and one word here. */
export const activations = { sign, heaviside, erf, relu, tanh, identity } as const

/** An activation with its parameters, as designs and files state it. */
export const activationSchema = z.discriminatedUnion(
  'name',
  [sign.schema, heaviside.schema, erf.schema, relu.schema, tanh.schema, identity.schema],
  { error: `activation.name must be one of ${Object.keys(activations).join(', ')}` }
)
export type Activation = z.infer<typeof activationSchema>
export type ActivationName = Activation['name']

/** The registry's entry for an activation. */
export function activationDefinition(name: ActivationName): ActivationDefinition<z.ZodType> {
  return activations[name]
}

/** The mathematics of an activation with its parameters filled in. */
export function activationMath(activation: Activation): ActivationMath {
  return activationDefinition(activation.name).bind(activation)
}
