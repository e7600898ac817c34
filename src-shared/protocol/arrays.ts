import { z } from 'zod'

/** Typed arrays as messages carry them: structured clone keeps them, JSON never holds them. */
export const float64Array = z.custom<Float64Array>(
  (value) => value instanceof Float64Array,
  'must be a Float64Array'
)
export const byteArray = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array,
  'must be a Uint8Array'
)
