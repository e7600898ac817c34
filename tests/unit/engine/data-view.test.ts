import { Matrix as LibraryMatrix, SVD } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import {
  makeDataset,
  matrixFromRows,
  type Dataset,
  type SelfContainedSpec
} from '@shared/design/dataset'
import type { Matrix } from '@shared/design/matrix'
import type { PlotSeries } from '@shared/figures/plot'
import { javascriptLinearAlgebra } from '../../../src-main/engine/float64/javascript-linear-algebra'
import { dataView } from '../../../src-main/engine/views/data-view'
import { principalPlane } from '../../../src-main/engine/views/principal-plane'
import { fillStandardNormal, streamPurpose } from '@shared/random/stream'

const drawn = { trainCount: 12, testCount: 30, seed: 3 }
const polynomial = { name: 'polynomial', degree: 2 } as const
const front = { azimuth: 0, elevation: 0 }
const viewOf = (data: Dataset, from = front) => dataView(data, from, javascriptLinearAlgebra)
const made = (spec: SelfContainedSpec) => viewOf(makeDataset(spec))

function normalMatrix(rows: number, columns: number, seed: number): Matrix {
  const values = new Float64Array(rows * columns)
  fillStandardNormal({ seed, purpose: streamPurpose.dataPoints }, values)
  // Columns of different spread, so that components are told apart.
  values.forEach((value, i) => {
    values[i] = value * (1 + ((i % columns) * 3) / columns)
  })
  return { values, rows, columns }
}

describe('principal components', () => {
  it.each([
    ['more points than inputs', 40, 6],
    ['more inputs than points', 8, 25]
  ])('of %s are those of the centred points by their own decomposition', (_, rows, columns) => {
    const points = normalMatrix(rows, columns, 5)
    const { shares, project } = principalPlane(points, javascriptLinearAlgebra)
    const X = LibraryMatrix.from1DArray(rows, columns, points.values)
    X.center('column')
    const svd = new SVD(X, { autoTranspose: true })
    const variances = svd.diagonal.map((s) => s * s)
    const total = variances.reduce((sum, value) => sum + value, 0)
    const scores = X.mmul(svd.rightSingularVectors)
    const { x, y } = project(points)
    for (const [k, own] of [x, y].entries()) {
      expect(shares[k]).toBeCloseTo((variances[k] ?? NaN) / total, 10)
      const other = scores.getColumn(k)
      const sign = Math.sign((own[0] ?? NaN) * (other[0] ?? NaN))
      own.forEach((value, i) => {
        expect(value).toBeCloseTo(sign * (other[i] ?? NaN), 8)
      })
    }
  })

  it('of points that coincide are zeros', () => {
    const { shares, project } = principalPlane(
      matrixFromRows(
        [
          [1, 2, 3, 4],
          [1, 2, 3, 4]
        ],
        'points'
      ),
      javascriptLinearAlgebra
    )
    expect(shares).toEqual([0, 0])
    expect([...project(matrixFromRows([[1, 2, 3, 4]], 'points')).x]).toEqual([0])
  })
})

describe('a look at data', () => {
  it('says that norms on circle and sphere are equal, and elsewhere not', () => {
    const circle = made({ kind: 'circle', trainFrom: 'test', ...drawn })
    expect(circle.norms.areEqual).toBe(true)
    expect(circle.norms.largest).toBeCloseTo(1, 12)
    const sphere = {
      kind: 'sphere',
      dimension: 5,
      radius: 3,
      target: polynomial,
      noise: 0
    } as const
    expect(made({ ...sphere, ...drawn }).norms).toMatchObject({ areEqual: true })
    const disc = made({ kind: 'disc', innerRadius: 0.5, outerRadius: 1, noise: 0, ...drawn })
    expect(disc.norms.areEqual).toBe(false)
    expect(disc.norms.smallest).toBeGreaterThanOrEqual(0.5)
    expect(disc.norms.largest).toBeLessThanOrEqual(1)
  })

  it('counts points, classes and repetitions', () => {
    const xor = made({ kind: 'xor', noise: 0, ...drawn })
    expect(xor).toMatchObject({ trainCount: 12, testCount: 30, inputs: 2, outputs: 1, repeated: 8 })
    expect(xor.classes).toEqual([
      { name: '−1', train: 6, test: 15 },
      { name: '+1', train: 6, test: 15 }
    ])
    const spirals = made({ kind: 'spirals', turns: 1, noise: 0, ...drawn })
    expect(spirals.repeated).toBe(0)
  })

  it('draws every point once, whatever its group', () => {
    const gaussian = { kind: 'gaussian', deviation: 1, target: polynomial, noise: 0.1 } as const
    for (const dimension of [1, 2, 3, 7]) {
      const { points } = made({ ...gaussian, dimension, ...drawn })
      const drawnPoints = seriesOf(points.plot.panels[0]?.series ?? [])
      expect(drawnPoints).toBe(42)
      expect(points.canTurn).toBe(dimension === 3)
    }
  })

  it('sees three inputs from where one looks', () => {
    const points = matrixFromRows(
      [
        [2, 0, 0],
        [0, 3, 0],
        [0, 0, 4],
        [-2, 0, 0]
      ],
      'points'
    )
    const data: Dataset = {
      ...{ trainInputs: points, testInputs: points, testTargets: null },
      trainTargets: matrixFromRows([[1], [2], [3], [4]], 'targets'),
      coordinate: { label: 'point', unit: 'index', train: points.values, test: points.values }
    }
    const places = (azimuth: number, elevation: number) =>
      Object.fromEntries(
        (viewOf(data, { azimuth, elevation }).points.plot.panels[0]?.series ?? []).flatMap((one) =>
          one.kind === 'points'
            ? [[one.name, [one.x[0] ?? NaN, one.y[0] ?? NaN, one.opacity].map(rounded)]]
            : []
        )
      )
    // From the first axis: the second is right, the third up; what lies behind is faint.
    expect(places(0, 0)).toEqual({
      '1.00': [0, 0, 1],
      '2.00': [3, 0, 1],
      '3.00': [0, 4, 1],
      '4.00': [0, 0, 0.3]
    })
    // From above, with the second axis to the right.
    expect(places(0, 90)['1.00']).toEqual([0, -2, 1])
    expect(places(90, 0)['1.00']?.slice(0, 2)).toEqual([-2, 0])
  })
})

function rounded(value: number): number {
  return Math.round(1e9 * value) / 1e9 + 0
}

function seriesOf(series: readonly PlotSeries[]): number {
  return series.reduce((sum, one) => sum + (one.kind === 'points' ? one.x.length : 0), 0)
}
