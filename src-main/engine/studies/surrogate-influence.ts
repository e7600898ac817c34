import { z } from 'zod'
import { datasetSchema } from '@shared/design/dataset'
import { networkDesignSchema } from '@shared/design/network'
import { positiveNumber } from '@shared/design/parameters'
import { asymmetryPart } from './asymmetry-part'
import { closedFormPart } from './closed-form-part'
import { libraryDefaultsPart } from './library-defaults-part'
import { defineStudy } from './study-analysis'
import { studyExperimentSchema } from './study-experiment'
import { surrogateEnsemblesPart } from './surrogate-ensembles-part'
import { surrogatePropertiesPart } from './surrogate-properties-part'

const parametersSchema = z.strictObject({
  data: datasetSchema,
  /** Of sign networks. */
  design: networkDesignSchema,
  /** ψ(0) at the area of the jump, 2; and the factor by which each property is changed. */
  height: positiveNumber,
  factor: positiveNumber,
  /** m of erf_m′ whose closed form is held against quadrature. */
  ms: z.array(positiveNumber).min(1),
  /** Norms of points run from these to 1. */
  innerRadii: z.array(z.number().min(0).max(1)).min(1),
  depths: z.array(z.int().min(1).max(10)).min(1),
  /** Sign networks; each of these surrogates replaces the experiment's. */
  networks: studyExperimentSchema
})

/** What a surrogate derivative does to the SG-NTK and to what is learned: its area, width and tail. */
export const surrogateInfluence = defineStudy(
  'surrogate-influence',
  parametersSchema,
  (parameters) => [
    closedFormPart(parameters),
    surrogatePropertiesPart(parameters),
    libraryDefaultsPart(parameters),
    asymmetryPart(parameters),
    surrogateEnsemblesPart(parameters)
  ]
)
