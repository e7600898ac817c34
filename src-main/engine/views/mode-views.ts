import { ensembleStatistics } from '@shared/comparison/ensemble-statistics'
import type { ResidualModesView } from '@shared/figures/residual-modes-figure'
import type { SpectrumView } from '@shared/figures/spectrum-figure'
import { LabError } from '@shared/protocol/errors'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import { EIGENVALUE_LIMIT } from '@shared/theory/stability'
import { amplitude, leftEigenmodes } from './eigenmodes'
import { outputsAt } from './ensemble-views'
import type { RunReader } from './run-reader'

/** Eigenvectors in JavaScript take seconds in one piece: above this, the engine would not answer meanwhile. */
const MODES_LIMIT = 300
/** More modes than these have no colours left to tell them apart. */
const SHOWN_MODES = 7

/** The eigenvalues of the kernel of every condition. */
export function spectrumView(reader: RunReader, algebra: LinearAlgebra): SpectrumView {
  requireFewPoints(reader, 'eigenvalues', EIGENVALUE_LIMIT)
  return {
    ...reader.origin,
    kernelName: reader.kernelName,
    conditions: reader.grid.conditions.flatMap((label, row) => {
      // A run under way has predictions of its first conditions only.
      if (!reader.ensembles.some((ensemble) => ensemble.row === row)) return []
      return [{ label, ...algebra.eigenvalues(trainKernel(reader, row)) }]
    })
  }
}

/** What is left to learn of the training points, by modes of the analytic kernel. */
export function residualModesView(reader: RunReader, index: number): ResidualModesView {
  requireFewPoints(reader, 'eigenmodes', MODES_LIMIT)
  const { row, width } = reader.ensemble(index)
  const { trainTargets, trainInputs } = reader.data
  const points = trainInputs.rows
  const outputs = trainTargets.columns
  const steps = reader.read('ensemble', index, 'steps', Int32Array)
  const predictedMean = reader.requiredPrediction(row, 'trainMean')
  const target = (point: number): number => trainTargets.values[point * outputs] ?? NaN
  const statistics = [...steps].map((_, record) =>
    ensembleStatistics(outputsAt(reader, index, record, 'train'), points)
  )
  const residuals = statistics.map(({ mean }) => mean.map((value, i) => value - target(i)))
  const predicted = [...steps].map((_, record) =>
    Float64Array.from(
      { length: points },
      (__, i) => (predictedMean[(record * points + i) * outputs] ?? NaN) - target(i)
    )
  )
  const modes = leftEigenmodes(trainKernel(reader, row)).slice(0, SHOWN_MODES)
  return {
    ...reader.originOf(index),
    width,
    steps: Float64Array.from(steps),
    modes: modes.map((mode) => ({
      real: mode.real,
      imaginary: mode.imaginary,
      ensemble: Float64Array.from(residuals, (residual) => amplitude(mode, residual)),
      predicted: Float64Array.from(predicted, (residual) => amplitude(mode, residual)),
      error: Float64Array.from(statistics, ({ size, deviation }) => {
        // Errors of points taken as independent.
        const { real, imaginary } = mode.vector
        const variance = deviation.reduce(
          (sum, s, i) => sum + ((real[i] ?? NaN) ** 2 + (imaginary[i] ?? NaN) ** 2) * s * s,
          0
        )
        return Math.sqrt(variance / size)
      })
    }))
  }
}

function trainKernel(reader: RunReader, row: number) {
  const points = reader.data.trainInputs.rows
  const values = reader.requiredPrediction(row, 'kernelTrainTrain')
  return { values, rows: points, columns: points }
}

function requireFewPoints({ data }: RunReader, what: string, limit: number): void {
  if (data.trainInputs.rows <= limit) return
  throw new LabError(
    'invalid-request',
    `${what} are computed for up to ${limit} training points: this run has ` +
      `${data.trainInputs.rows}`
  )
}
