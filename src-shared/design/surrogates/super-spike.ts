import { z } from 'zod'
import { positiveNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { fastSigmoid, inverseSquare } from './fast-sigmoid'
import { shiftedSurrogate } from './shifted-surrogate'

/** ψ(z) = α/(1 + β|z|)²: SpikingJelly's form, in which α is a height, not a slope; area 2α/β. */
export const superSpike = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('super_spike'),
    alpha: positiveNumber,
    beta: positiveNumber.default(1),
    theta: threshold
  }),
  title: 'SuperSpike with a height',
  formula: String.raw`\frac{\alpha}{(1+\beta|z-\theta|)^2}`,
  reference: fastSigmoid.reference,
  meanFormula: String.raw`\alpha\cdot\tfrac{2}{\sqrt\pi}\left(p-\sqrt\pi\,p^2+2p^3G(p)\right),\;p=\tfrac{1}{\beta s\sqrt2},\;G(p)=\sqrt\pi\,D(p)-\tfrac12e^{-p^2}\operatorname{Ei}(p^2)`,
  bind: ({ alpha, beta, theta }) => shiftedSurrogate(inverseSquare(beta), { amp: alpha, theta })
})
