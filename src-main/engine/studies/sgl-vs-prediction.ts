import { z } from 'zod'
import type { Experiment } from '@shared/design/experiment'
import { positiveNumber } from '@shared/design/parameters'
import { agreementPart } from './agreement-part'
import { predictionPart } from './prediction-part'
import { defineStudy } from './study-analysis'
import { studyExperimentSchema } from './study-experiment'

const parametersSchema = z.strictObject({
  /** Sign networks that differ in κ. */
  ensembles: z.array(studyExperimentSchema).min(1),
  /** Sign networks swept over depth, and over m of the surrogate. */
  depths: studyExperimentSchema,
  slopes: studyExperimentSchema,
  /** Sign networks whose learning rate is multiplied with these factors, over the same training time. */
  rates: z.strictObject({
    networks: studyExperimentSchema,
    factors: z.array(positiveNumber).min(2)
  })
})

/**
 * Surrogate gradient learning in sign networks of finite width against the SG-NTK's prediction of it (Figure 3
 * of arXiv 2405.15539): where they agree, and where and why they do not.
 */
export const sglVsPrediction = defineStudy(
  'sgl-vs-prediction',
  parametersSchema,
  ({ ensembles, depths, slopes, rates }) => [
    ...ensembles.map((networks) =>
      predictionPart(`kappa-${key(networks.design.outputScale)}`, networks, 20)
    ),
    agreementPart({
      ...{ id: 'depth', title: 'agreement against width and depth', weight: 5 },
      experiments: [{ label: '', networks: depths }]
    }),
    agreementPart({
      ...{ id: 'slope', title: 'agreement against width and m of the surrogate', weight: 5 },
      experiments: [{ label: '', networks: slopes }]
    }),
    agreementPart({
      ...{ id: 'rate', title: 'agreement against width and learning rate', weight: 5 },
      experiments: rates.factors.map((factor) => withRate(rates.networks, factor))
    })
  ]
)

/** As many steps as keep the training time. */
function withRate(networks: Experiment, factor: number) {
  const learningRate = networks.learningRate * factor
  const label = `learning rate ${Number(learningRate.toPrecision(6))}`
  const steps = Math.round(networks.steps / factor)
  return {
    label,
    networks: { ...networks, name: `${networks.name}, ${label}`, learningRate, steps }
  }
}

function key(value: number): string {
  return String(value).replace('.', '-')
}
