import { z } from 'zod'

/** A finite number. */
export const finiteNumber = z.number({ error: 'must be a number' })

/** A finite number above zero. */
export const positiveNumber = z.number({ error: 'must be a number' }).positive('must be above 0')

/** The threshold θ (of an activation) or the shift (of a surrogate); 0 where it is left out. */
export const threshold = z.number({ error: 'theta must be a number' }).default(0)

/** A factor on a whole surrogate derivative; 1 where it is left out. */
export const amplitude = positiveNumber.default(1)
