import { z } from 'zod'
import { datasetSchema } from '@shared/design/dataset'
import { positiveNumber } from '@shared/design/parameters'
import { surrogateSchema } from '@shared/design/surrogate'
import { spikingLayerSchema } from '@shared/studies/spiking/spiking-layer'
import { agreementPart } from './agreement-part'
import { networkKernelsPart } from './network-kernels-part'
import { spikingCheckPart } from './spiking-check-part'
import { spikingPart } from './spiking-part'
import { defineStudy } from './study-analysis'
import { studyExperimentSchema } from './study-experiment'

const id = z.string().regex(/^[a-z0-9-]+$/)

const parametersSchema = z.strictObject({
  /** Smooth networks whose kernels are recorded: Heaviside and thresholded steps by erf, mixed layers. */
  kernels: z.array(z.strictObject({ id, title: z.string(), networks: studyExperimentSchema })),
  /** Networks of steps that are trained. */
  trained: z.array(z.strictObject({ label: z.string(), networks: studyExperimentSchema })).min(1),
  spiking: z.strictObject({
    layers: z.array(z.strictObject({ id, title: z.string(), layer: spikingLayerSchema })).min(1),
    /** Points of unequal norm, on which a single step is held against the analytic kernel. */
    check: datasetSchema,
    data: datasetSchema,
    surrogate: surrogateSchema,
    m: positiveNumber,
    draws: z.strictObject({
      seed: z.int().min(0),
      units: z.int().min(1),
      batches: z.int().min(2)
    }),
    widths: z.array(z.int().min(1)).min(2),
    members: z.int().min(3),
    steps: z.int().min(1)
  })
})

/**
 * Beyond arXiv 2405.15539: the SG-NTK of Heaviside and thresholded units, of activations that differ by
 * layer, and of a spiking layer unrolled over a few steps.
 */
export const beyondThePaper = defineStudy(
  'beyond-the-paper',
  parametersSchema,
  ({ kernels, trained, spiking: { layers, check, ...spiking } }) => {
    const [first] = layers
    return [
      ...kernels.map(({ networks, ...part }) =>
        networkKernelsPart({
          ...{ ...part, weight: 4, experiment: networks },
          ...{ kernelName: `SG-NTK (${part.id})`, expectsConstancy: false }
        })
      ),
      agreementPart({
        ...{
          id: 'trained',
          title: 'trained networks of other steps and of mixed layers',
          weight: 8
        },
        experiments: trained
      }),
      ...(first ? [spikingCheckPart({ ...spiking, data: check, layer: first.layer })] : []),
      ...layers.map((layer) => spikingPart({ ...spiking, ...layer }))
    ]
  }
)
