import { resolveDataset, type DatasetSpec } from '@shared/design/dataset'
import type { NetworkDesign } from '@shared/design/network'
import type { Surrogate } from '@shared/design/surrogate'
import { finding } from '@shared/studies/finding'
import { meanEstimate } from '@shared/studies/mean-estimate'
import { orientation } from '@shared/studies/orientation'
import { spikingKernels, type Draws } from '@shared/studies/spiking/spiking-kernel'
import { spikeRule, type SpikingLayer } from '@shared/studies/spiking/spiking-layer'
import { kernelPieces } from '@shared/theory/kernels'
import { transpose } from '@shared/theory/matrix-arithmetic'
import type { StudyPart } from './study-analysis'

interface Parameters {
  /** Points of unequal norm in the plane; the training points are taken. */
  readonly data: DatasetSpec
  readonly layer: SpikingLayer
  /** Spikes are graded by (1 + erf(mz))/2. */
  readonly m: number
  readonly surrogate: Surrogate
  readonly draws: Draws
}

/**
 * The Monte Carlo kernel of a spiking layer of a single step, which is a thresholded step, against the
 * analytic SG-NTK of that step: the only case with an independent route, and which way round it is.
 */
export function spikingCheckPart({
  data: spec,
  layer,
  m,
  surrogate,
  draws
}: Parameters): StudyPart {
  const single = { ...layer, steps: 1 }
  const theta = layer.threshold
  return {
    ...{
      id: 'check',
      title: 'one step of the spiking layer against the analytic kernel',
      weight: 4
    },
    async compute({ tables, compute }) {
      const { trainInputs: points } = resolveDataset(spec, tables)
      const { batches } = await compute(
        spikingKernels(points, single, spikeRule(m, surrogate), draws)
      )
      const formula = `(1 + erf(${m}*z))/2`
      const shifted = { ...surrogate, theta }
      const design: NetworkDesign = {
        ...{ depthHidden: 1, activation: { name: 'expression', formula, theta }, outputScale: 1 },
        ...{ sigmaW: layer.sigmaW, sigmaB: layer.sigmaB, parametrisation: 'ntk' }
      }
      const { sgNtk } = await compute(kernelPieces(design, shifted, points, null))
      if (!sgNtk) throw new RangeError('a surrogate has an SG-NTK')
      const analytic = sgNtk.values
      const wrong = transpose(sgNtk).values
      const norm = product(analytic, analytic)
      return {
        findings: [
          finding({
            id: 'check-size',
            label: 'one step: Monte Carlo SG-NTK along the analytic one, ⟨K̂, K⟩/‖K‖²',
            ...meanEstimate(batches.map((batch) => product(batch, analytic) / norm)),
            expectation: { low: 1, high: 1, reason: 'one step is a thresholded step' }
          }),
          finding({
            id: 'check-position',
            label:
              'one step: where it lies, 1 for the true derivative at the first argument, −1 for the other way round',
            ...meanEstimate(batches.map((batch) => orientation(batch, analytic, wrong))),
            expectation: { low: 1, high: 1, reason: 'rows carry the true derivative' }
          })
        ]
      }
    }
  }
}

function product(x: Float64Array, y: Float64Array): number {
  return x.reduce((total, value, i) => total + value * (y[i] ?? NaN), 0)
}
