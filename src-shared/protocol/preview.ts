import { z } from 'zod'
import { datasetSchema } from '../design/dataset'
import { networkDesignSchema } from '../design/network'
import { surrogateSchema } from '../design/surrogate'
import { plotSchema } from '../figures/plot'

/** Overlays of more surrogates than these cannot be told apart. */
export const MOST_PREVIEWED = 8

/** What theory says of a network before anything is trained, for several surrogates at once. */
export const previewRequestSchema = z.strictObject({
  design: networkDesignSchema,
  /** Each with the name that it has in legends; null is the true derivative. */
  choices: z
    .array(z.strictObject({ name: z.string().min(1), surrogate: surrogateSchema.nullable() }))
    .min(1)
    .max(MOST_PREVIEWED),
  /** What the kernels and functions are computed on; null for the paper's circle data. */
  data: datasetSchema.nullable().default(null)
})

/** null where a number does not exist or is not finite. */
const finite = z.number().nullable()

/** What one choice amounts to in numbers. */
export const previewFactsSchema = z.object({
  name: z.string(),
  /** ∫ψ and ψ(0); null for the true derivative and where infinite. */
  area: finite,
  valueAtZero: finite,
  /** K(x, x) at the median size; null where it diverges. */
  diagonal: finite,
  /** Of K(X, X) at the training points. */
  smallestRealPart: finite,
  spectralRatio: finite,
  /** Largest stable step size η of the loss ½ Σ. */
  maximumStepSize: finite,
  /** ‖K − Kᵀ‖ / ‖K‖ at the data given or, without any, on points of norms ½ to 3⁄2: on the circle it is 0. */
  asymmetry: finite,
  /** Why there is no predicted function, null where there is one. */
  problem: z.string().nullable()
})
export type PreviewFacts = z.infer<typeof previewFactsSchema>

export const previewSchema = z.object({
  /** ψ over φ. */
  derivatives: plotSchema,
  /** M(s) = E ψ(sZ). */
  means: plotSchema,
  /** K(x, x′) over the angle between x and x′ of the median size. */
  kernels: plotSchema,
  spectra: plotSchema,
  /** Trained to the end. */
  functions: plotSchema,
  /** What all of it was computed on. */
  data: z.object({
    trainPoints: z.int(),
    testPoints: z.int(),
    /** |x|²/n₀ over all inputs. */
    sizes: z.object({ smallest: z.number(), median: z.number(), largest: z.number() })
  }),
  facts: z.array(previewFactsSchema)
})
