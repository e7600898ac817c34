import { describe, expect, it } from 'vitest'
import { makeDataset } from '@shared/design/dataset'
import { networkDesignSchema } from '@shared/design/network'
import { computeKernels } from '@shared/theory/kernels'
import { layerMoments } from '@shared/theory/layer-variances'
import { inputSizes, previewData } from '@shared/theory/preview-data'

const disc = makeDataset({
  ...{ kind: 'inline', trainTargets: [[1], [2], [3], [4]] },
  trainInputs: [
    [1, 0],
    [0, 2],
    [3, 0],
    [0, 4]
  ],
  testInputs: [[0.5, 0.5]]
})

describe('data of a preview', () => {
  it('are evenly chosen points with their own targets and coordinates', () => {
    const few = previewData(disc, 2)
    expect([...few.trainInputs.values]).toEqual([1, 0, 0, 4])
    expect([...few.trainTargets.values]).toEqual([1, 4])
    expect(few.coordinate.train).toHaveLength(2)
    expect(previewData(disc, 100).trainInputs.values).toEqual(disc.trainInputs.values)
  })

  it('have the first of several outputs, and test points in the order of their coordinate', () => {
    const two = makeDataset({
      ...{ kind: 'inline', trainInputs: [[1], [2]] },
      trainTargets: [
        [1, 10],
        [2, 20]
      ],
      testInputs: [[3], [1], [2]]
    })
    const { trainTargets, coordinate } = previewData(two, 100)
    expect([...trainTargets.values]).toEqual([1, 2])
    expect([...coordinate.test]).toEqual([...coordinate.test].sort((a, b) => a - b))
  })

  it('have sizes as the first layer sees them', () => {
    expect(inputSizes(disc)).toEqual({ smallest: 0.25, median: 2, largest: 8 })
  })
})

describe.each(['sign', 'erf', 'relu', 'tanh'] as const)('the layers of %s networks', (name) => {
  const design = networkDesignSchema.parse({
    depthHidden: 3,
    activation: name === 'erf' ? { name, m: 2 } : { name },
    sigmaW: 1.3,
    sigmaB: 0.2,
    layers: [{}, { sigmaW: 0.7, activation: { name: 'relu' } }, {}, { sigmaB: 0.4 }]
  })

  it('have the moments that the NNGP kernel has on its diagonal', () => {
    const point = { values: Float64Array.of(0.3, -1.2), rows: 1, columns: 2 }
    const layers = layerMoments(design, (0.09 + 1.44) / 2)
    expect(layers).toHaveLength(3)
    const outputVariance = 1.3 ** 2 * (layers.at(-1)?.secondMoment ?? NaN) + 0.4 ** 2
    const { nngp } = computeKernels(design, null, point)
    expect(outputVariance).toBeCloseTo(nngp.values[0] ?? NaN, 10)
  })
})
