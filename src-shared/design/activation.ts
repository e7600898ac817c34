import { z } from 'zod'
import type { ActivationDefinition, ActivationMath } from './activation-math'
import { cos } from './activations/cos'
import { erf } from './activations/erf'
import { expression } from './activations/expression'
import { gaussian } from './activations/gaussian'
import { hardTanh } from './activations/hard-tanh'
import { heaviside } from './activations/heaviside'
import { identity } from './activations/identity'
import { leakyRelu } from './activations/leaky-relu'
import { logistic } from './activations/logistic'
import { relu } from './activations/relu'
import { sign } from './activations/sign'
import { tanh } from './activations/tanh'

/** Every activation of the lab: adding one is one file in activations/ and one word here. */
export const activations = {
  sign,
  heaviside,
  erf,
  tanh,
  logistic,
  hard_tanh: hardTanh,
  relu,
  leaky_relu: leakyRelu,
  identity,
  cos,
  gaussian,
  expression
} as const

/** An activation with its parameters, as designs and files state it. */
export const activationSchema = z.discriminatedUnion(
  'name',
  [
    sign.schema,
    heaviside.schema,
    erf.schema,
    tanh.schema,
    logistic.schema,
    hardTanh.schema,
    relu.schema,
    leakyRelu.schema,
    identity.schema,
    cos.schema,
    gaussian.schema,
    expression.schema
  ],
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
