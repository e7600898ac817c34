import { z } from 'zod'

/** Typed arrays as messages carry them: structured clone keeps them, JSON never holds them. */
export const float64Array = z.instanceof(Float64Array)
export const float32Array = z.instanceof(Float32Array)
export const byteArray = z.instanceof(Uint8Array)
