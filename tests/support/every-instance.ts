import type { z } from 'zod'
import { activations, activationSchema, type Activation } from '@shared/design/activation'
import { surrogates, surrogateSchema, type Surrogate } from '@shared/design/surrogate'

/** Values that suit any parameter: positive, exponents above 1; where a number is refused, a formula. */
function sample(key: string, field: z.ZodType): unknown {
  const number = key === 'alpha' ? 1.7 : 0.8
  return field.safeParse(number).success ? number : 'exp(-z^2)'
}

/** An instance of every entry of a registry, and one with a threshold where it takes one. */
function instances(registry: Record<string, { readonly schema: z.ZodType }>): object[] {
  return Object.entries(registry).flatMap(([name, { schema }]) => {
    const { shape } = schema as z.ZodObject<Record<string, z.ZodType>>
    const parameters = Object.entries(shape)
      .filter(([key]) => key !== 'name' && key !== 'theta')
      .map(([key, field]) => [key, sample(key, field)])
    const plain = { name, ...Object.fromEntries(parameters) }
    return 'theta' in shape ? [plain, { ...plain, theta: 0.3 }] : [plain]
  })
}

/** Every activation and surrogate of the lab with some parameters, for tests that hold for all. */
export const everyActivation: Activation[] = instances(activations).map((each) =>
  activationSchema.parse(each)
)
export const everySurrogate: Surrogate[] = instances(surrogates).map((each) =>
  surrogateSchema.parse(each)
)

/** 'sign(θ = 0.3)' and the like. */
export const label = (each: Activation | Surrogate): string =>
  each.name + ('theta' in each && each.theta !== 0 ? `(θ = ${each.theta})` : '')
