import { z } from 'zod'
import type { SurrogateDefinition, SurrogateMath } from './surrogate-math'
import { erfPrime } from './surrogates/erf-prime'
import { ste } from './surrogates/ste'

/** Every surrogate derivative of the lab: adding one is one file in surrogates/ and one line here. */
export const surrogates = { erf_prime: erfPrime, ste } as const

/** A surrogate derivative with its parameters, as designs and files state it. */
export const surrogateSchema = z.discriminatedUnion('name', [erfPrime.schema, ste.schema], {
  error: `surrogate.name must be one of ${Object.keys(surrogates).join(', ')}`
})
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
