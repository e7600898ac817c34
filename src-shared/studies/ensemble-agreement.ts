import { BAND_WIDTH } from '../comparison/agreement'
import { ensembleStatistics } from '../comparison/ensemble-statistics'
import type { Matrix } from '../design/matrix'
import { jackknife } from './jackknife'
import { meanEstimate, type MeanEstimate } from './mean-estimate'

/** What an ensemble is held against, at P points. */
export interface PredictedEnsemble {
  readonly mean: Float64Array
  readonly deviation: Float64Array
  /**
   * The predicted mean at the end of training: the direction along which networks are placed, and the
   * scale of distances.
   */
  readonly along: Float64Array
}

/** An ensemble against its prediction; every number with its standard error over networks. */
export interface EnsembleAgreement {
  /** Mean of ⟨f, p⟩/‖p‖², p the predicted mean at the end of training. */
  readonly position: MeanEstimate
  /**
   * ‖E f − predicted mean‖²/‖p‖², E over infinitely many networks of this width: free of what the
   * number of networks adds to the squared distance of their mean, so that it can fall below 0.
   */
  readonly distance: MeanEstimate
  /** Σ variance/Σ predicted variance. */
  readonly spread: MeanEstimate
  /** Share of networks' outputs inside predicted mean ± 1.96 predicted deviations. */
  readonly inBand: MeanEstimate
}

type Outputs = Float32Array | Float64Array

/**
 * How well networks agree with what is predicted of them, free of the bias of small ensembles.
 *
 * @param outputs members × points, row-major
 */
export function ensembleAgreement(
  outputs: Outputs,
  { mean: predicted, deviation, along }: PredictedEnsemble
): EnsembleAgreement {
  const points = predicted.length
  const { size: n, mean } = ensembleStatistics(outputs, points)
  const of = rowsOf(outputs, points)
  const gap = mean.map((value, i) => value - (predicted[i] ?? NaN))
  const gaps = of.map((row) => mean.map((value, i) => (row[i] ?? NaN) - value))
  const own = gaps.map((values) => dot(values, values))
  const squares = own.reduce((total, value) => total + value, 0)
  const scale = dot(along, along)
  const predictedVariance = dot(deviation, deviation)
  // Leaving network i out moves the mean by −gapᵢ/(n − 1) and takes n/(n − 1) ‖gapᵢ‖² from the squares.
  const squaresWithout = own.map((value) => squares - (n / (n - 1)) * value)
  const distance = (squared: number, sum: number, count: number): number =>
    (squared - sum / (count * (count - 1))) / scale
  return {
    position: meanEstimate(of.map((row) => dot(along, row) / scale)),
    distance: jackknife(
      distance(dot(gap, gap), squares, n),
      gaps.map((values, i) => {
        const moved =
          dot(gap, gap) - (2 * dot(gap, values)) / (n - 1) + (own[i] ?? NaN) / (n - 1) ** 2
        return distance(moved, squaresWithout[i] ?? NaN, n - 1)
      })
    ),
    spread: jackknife(
      squares / (n - 1) / predictedVariance,
      squaresWithout.map((value) => value / (n - 2) / predictedVariance)
    ),
    inBand: meanEstimate(
      of.map((row) => {
        const inside = (value: number, i: number): boolean =>
          Math.abs((row[i] ?? NaN) - value) <= BAND_WIDTH * (deviation[i] ?? NaN)
        return predicted.reduce((count, value, i) => count + Number(inside(value, i)), 0) / points
      })
    )
  }
}

/**
 * How much of a predicted covariance C networks show: the mean of gᵀCg/‖C‖² over networks, g their
 * deviation from their own mean; 1 where their covariance is C.
 *
 * @param outputs members × points, row-major
 */
export function covarianceShare(outputs: Outputs, { values, rows: points }: Matrix): MeanEstimate {
  const { size: n, mean } = ensembleStatistics(outputs, points)
  const norm = dot(values, values)
  return meanEstimate(
    rowsOf(outputs, points).map((row) => {
      const gap = mean.map((value, i) => (row[i] ?? NaN) - value)
      let form = 0
      for (let i = 0; i < points; i++) {
        form += (gap[i] ?? NaN) * dot(values.subarray(i * points, (i + 1) * points), gap)
      }
      // n/(n − 1): the networks' own mean is among what was estimated.
      return ((n / (n - 1)) * form) / norm
    })
  )
}

function rowsOf(outputs: Outputs, points: number): Outputs[] {
  return Array.from({ length: outputs.length / points }, (_, member) =>
    outputs.subarray(member * points, (member + 1) * points)
  )
}

function dot(x: Float64Array, y: Outputs): number {
  let total = 0
  for (let i = 0; i < x.length; i++) total += (x[i] ?? NaN) * (y[i] ?? NaN)
  return total
}
