import type { Dataset, Matrix } from '@shared/design/dataset'
import { matrixRow, norm } from '@shared/design/matrix'
import { normsFigure } from '@shared/figures/norms-figure'
import { formatCount } from '@shared/figures/numbers'
import { firstColumn, pointGroups } from '@shared/figures/point-groups'
import { pointsFigure, type PlanarPoints, type PointsView } from '@shared/figures/points-figure'
import { targetsFigure } from '@shared/figures/targets-figure'
import type { DataView } from '@shared/protocol/data-view'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import { FITTED_POINTS, principalPlane } from './principal-plane'

/** Norms differ by no more than this, as a share of the largest, where they are meant to be equal. */
const ROUNDING = 1e-9

/** Where one looks from at points of three inputs; degrees. */
export interface Viewpoint {
  readonly azimuth: number
  readonly elevation: number
}

/** What data look like and what they mean for kernels. */
export function dataView(data: Dataset, from: Viewpoint, algebra: LinearAlgebra): DataView {
  const { trainInputs, testInputs, trainTargets, testTargets, classes } = data
  const norms = { train: normsOf(trainInputs), test: normsOf(testInputs) }
  const range = rangeOf([norms.train, norms.test])
  const areEqual = range.largest - range.smallest <= ROUNDING * range.largest
  return {
    trainCount: trainInputs.rows,
    testCount: testInputs.rows,
    inputs: trainInputs.columns,
    outputs: trainTargets.columns,
    norms: { ...range, areEqual },
    repeated: trainInputs.rows - new Set(rowsOf(trainInputs)).size,
    classes:
      classes?.names.map((name, label) => ({
        name,
        train: classes.train.filter((one) => one === label).length,
        test: classes.test.filter((one) => one === label).length
      })) ?? null,
    points: points(data, from, areEqual ? range.largest : null, algebra),
    targets: targetsFigure({
      coordinate: data.coordinate,
      train: firstColumn(trainTargets),
      test: testTargets && firstColumn(testTargets),
      classes: classes ?? null
    }),
    norm: normsFigure(norms)
  }
}

function points(
  data: Dataset,
  from: Viewpoint,
  radius: number | null,
  algebra: LinearAlgebra
): DataView['points'] {
  const { trainInputs, testInputs } = data
  const picture = (view: Omit<PointsView, 'title' | 'description' | 'groups'>, what: string) =>
    pointsFigure({
      ...view,
      title: 'Points',
      description: `Training and test points: ${what}`,
      groups: pointGroups(data)
    })
  switch (trainInputs.columns) {
    case 1: {
      const over = (inputs: Matrix, targets: Matrix | null): PlanarPoints => ({
        ...{ x: inputs.values, depth: null },
        y: targets ? firstColumn(targets) : new Float64Array(inputs.rows).fill(NaN)
      })
      const view = {
        ...{ labels: ['input x', 'target'] as const, radius: null, axes: [] },
        train: over(trainInputs, data.trainTargets),
        test: over(testInputs, data.testTargets)
      }
      return { plot: picture(view, 'targets over the input'), note: 'One input.', canTurn: false }
    }
    case 2: {
      const plane = (inputs: Matrix): PlanarPoints => ({
        ...{ x: column(inputs, 0), y: column(inputs, 1), depth: null }
      })
      const view = {
        ...{ labels: ['input x₀', 'input x₁'] as const, radius, axes: [] },
        train: plane(trainInputs),
        test: plane(testInputs)
      }
      return {
        plot: picture(view, 'the plane of inputs'),
        note: 'The plane of both inputs.',
        canTurn: false
      }
    }
    case 3:
      return {
        plot: picture(
          seenFrom(trainInputs, testInputs, from, radius),
          'three inputs, seen from afar'
        ),
        note: 'Three inputs in orthographic projection; points on the far side are faint.',
        canTurn: true
      }
    default: {
      const { shares, project } = principalPlane(trainInputs, algebra)
      const label = (k: 0 | 1): string =>
        `component ${k + 1} (${(100 * shares[k]).toFixed(0)} % of the variance)`
      const view = {
        ...{ labels: [label(0), label(1)] as const, radius: null, axes: [] },
        train: { ...project(trainInputs), depth: null },
        test: { ...project(testInputs), depth: null }
      }
      const fitted =
        trainInputs.rows > FITTED_POINTS
          ? `first ${formatCount(FITTED_POINTS)} training`
          : 'training'
      return {
        plot: picture(view, 'the first two principal components'),
        note: `The two principal components of the ${fitted} points.`,
        canTurn: false
      }
    }
  }
}

/** Three inputs in orthographic projection: x₂ points up, the eye is in the direction stated. */
function seenFrom(
  train: Matrix,
  test: Matrix,
  { azimuth, elevation }: Viewpoint,
  radius: number | null
): Pick<PointsView, 'labels' | 'train' | 'test' | 'radius' | 'axes'> {
  const [a, e] = [(azimuth * Math.PI) / 180, (elevation * Math.PI) / 180]
  const right = [-Math.sin(a), Math.cos(a), 0]
  const up = [-Math.sin(e) * Math.cos(a), -Math.sin(e) * Math.sin(a), Math.cos(e)]
  const towards = [Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e)]
  const along = (inputs: Matrix, direction: readonly number[]): Float64Array =>
    Float64Array.from({ length: inputs.rows }, (_, i) =>
      matrixRow(inputs, i).reduce((sum, value, j) => sum + value * (direction[j] ?? NaN), 0)
    )
  const projected = (inputs: Matrix): PlanarPoints => ({
    x: along(inputs, right),
    y: along(inputs, up),
    depth: along(inputs, towards)
  })
  const reach = radius ?? rangeOf([normsOf(train), normsOf(test)]).largest
  return {
    ...{ labels: ['across', 'up'], radius, train: projected(train), test: projected(test) },
    axes: ['x₀', 'x₁', 'x₂'].map((name, j) => ({
      name,
      x: reach * (right[j] ?? NaN),
      y: reach * (up[j] ?? NaN)
    }))
  }
}

function column({ values, rows, columns }: Matrix, j: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => values[i * columns + j] ?? NaN)
}

function normsOf(inputs: Matrix): Float64Array {
  return Float64Array.from({ length: inputs.rows }, (_, i) => norm(matrixRow(inputs, i)))
}

function rangeOf(lists: readonly Float64Array[]): { smallest: number; largest: number } {
  let [smallest, largest] = [Infinity, -Infinity]
  for (const values of lists) {
    for (const value of values) {
      ;[smallest, largest] = [Math.min(smallest, value), Math.max(largest, value)]
    }
  }
  return { smallest, largest }
}

function rowsOf(inputs: Matrix): string[] {
  return Array.from({ length: inputs.rows }, (_, i) => matrixRow(inputs, i).join())
}
