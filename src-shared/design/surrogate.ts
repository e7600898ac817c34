import { z } from 'zod'
import type { SurrogateDefinition, SurrogateMath } from './surrogate-math'
import { arctan } from './surrogates/arctan'
import { boxcar } from './surrogates/boxcar'
import { circ } from './surrogates/circ'
import { erfPrime } from './surrogates/erf-prime'
import { exponential } from './surrogates/exponential'
import { expression } from './surrogates/expression'
import { fastSigmoid } from './surrogates/fast-sigmoid'
import { hardTanhPrime } from './surrogates/hard-tanh-prime'
import { leaky } from './surrogates/leaky'
import { logAbs } from './surrogates/log-abs'
import { logTailed } from './surrogates/log-tailed'
import { logisticPrime } from './surrogates/logistic-prime'
import { qPseudoSpike } from './surrogates/q-pseudo-spike'
import { ste } from './surrogates/ste'
import { superSpike } from './surrogates/super-spike'
import { tanhPrime } from './surrogates/tanh-prime'
import { triangular } from './surrogates/triangular'

/** Every surrogate derivative of the lab: adding one is one file in surrogates/ and its lines here. */
export const surrogates = {
  erf_prime: erfPrime,
  ste,
  boxcar,
  triangular,
  fast_sigmoid: fastSigmoid,
  super_spike: superSpike,
  logistic_prime: logisticPrime,
  tanh_prime: tanhPrime,
  hard_tanh_prime: hardTanhPrime,
  arctan,
  exponential,
  circ,
  q_pseudo_spike: qPseudoSpike,
  leaky,
  log_tailed: logTailed,
  log_abs: logAbs,
  expression
} as const

/** A surrogate derivative with its parameters, as designs and files state it. */
export const surrogateSchema = z.discriminatedUnion(
  'name',
  [
    erfPrime.schema,
    ste.schema,
    boxcar.schema,
    triangular.schema,
    fastSigmoid.schema,
    superSpike.schema,
    logisticPrime.schema,
    tanhPrime.schema,
    hardTanhPrime.schema,
    arctan.schema,
    exponential.schema,
    circ.schema,
    qPseudoSpike.schema,
    leaky.schema,
    logTailed.schema,
    logAbs.schema,
    expression.schema
  ],
  { error: `surrogate.name must be one of ${Object.keys(surrogates).join(', ')}` }
)
export type Surrogate = z.infer<typeof surrogateSchema>
export type SurrogateName = Surrogate['name']

/** The registry's entry for a surrogate derivative. */
export function surrogateDefinition(name: SurrogateName): SurrogateDefinition<z.ZodType> {
  return surrogates[name]
}

/** The mathematics of a surrogate derivative with its parameters filled in. */
export function surrogateMath(surrogate: Surrogate): SurrogateMath {
  return surrogateDefinition(surrogate.name).bind(surrogate)
}
