import fc from 'fast-check'
import type { z } from 'zod'

const steepness: fc.Arbitrary<number> = fc.constantFrom(0.3, 0.55, 0.9, 1.3, 1.7, 2.4, 3.8)
const threshold: fc.Arbitrary<number> = fc.constantFrom(-0.8, -0.3, 0, 0, 0.4, 1.1)

/** Smooth, kinked and jumping ones: those that a schema refuses are left out. */
const formulas: fc.Arbitrary<string> = fc.constantFrom(
  'exp(-z^2) * (1 + 0.5*cos(3*z))',
  '1 / (1 + abs(z))^2',
  'max(0, 1 - z^2)',
  'heaviside(1 - abs(z)) * (1 - 0.3*z)',
  'heaviside(z) / (1 + z^2) + 0.2*exp(-abs(z))'
)

/**
 * An activation or surrogate with parameters drawn at random, from the registry's schema: a new entry
 * is tested without a word here.
 */
export function arbitraryStated<Schema extends z.ZodObject>(
  schema: Schema
): fc.Arbitrary<z.infer<Schema>> {
  const shape = schema.shape as Record<string, z.ZodType>
  const { name, ...parameters } = shape
  const drawn = Object.entries(parameters).map(([key, parameter]) => {
    const accepted = (value: unknown) => parameter.safeParse(value).success
    if (key === 'formula') return [key, formulas.filter(accepted)] as const
    return [key, (key === 'theta' ? threshold : steepness).filter(accepted)] as const
  })
  const values = [...(name as z.ZodLiteral<string>).values]
  return fc
    .record(Object.fromEntries(drawn))
    .map((stated) => schema.parse({ name: values[0], ...stated }))
}
