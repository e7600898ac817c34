import { ensembleStatistics, quantile } from '@shared/comparison/ensemble-statistics'
import type { CalibrationView } from '@shared/figures/calibration-figure'
import type { WeightMovementView } from '@shared/figures/weight-movement-figure'
import type { ZScoresView } from '@shared/figures/z-scores-figure'
import { formatCount } from '@shared/figures/numbers'
import { ascending, cellCentres, inOrder } from './point-order'
import { recordOf } from './record-of'
import type { RunReader } from './run-reader'

/** Views show the first output; runs hold them all. */
const OUTPUT = 0

/** The outputs of an ensemble at one record: members × points of the first output, widened. */
export function outputsAt(
  reader: RunReader,
  index: number,
  record: number,
  where: 'test' | 'train'
): Float64Array {
  const { trainTargets, testInputs, trainInputs } = reader.data
  const outputs = trainTargets.columns
  const points = where === 'test' ? testInputs.rows : trainInputs.rows
  const size = reader.run.experiment.ensembleSize
  const all = reader.read('ensemble', index, `${where}Outputs`, Float32Array)
  const from = record * size * points * outputs
  return Float64Array.from(
    { length: size * points },
    (_, i) => all[from + i * outputs + OUTPUT] ?? NaN
  )
}

/** z-scores of the ensemble's mean at every test point and recorded step. */
export function zScoresView(reader: RunReader, index: number): ZScoresView {
  const { row } = reader.ensemble(index)
  const { coordinate, trainTargets } = reader.data
  const points = coordinate.test.length
  const outputs = trainTargets.columns
  const predicted = reader.requiredPrediction(row, 'testMean')
  const steps = reader.read('ensemble', index, 'steps', Int32Array)
  const order = ascending(coordinate.test)
  const scores = [...steps].flatMap((_, record) => {
    const { size, mean, deviation } = ensembleStatistics(
      outputsAt(reader, index, record, 'test'),
      points
    )
    return order.map((point) => {
      const gap = (mean[point] ?? NaN) - (predicted[(record * points + point) * outputs] ?? NaN)
      // Where all networks agree exactly there is no error to measure a gap by.
      return deviation[point] === 0 ? NaN : (gap * Math.sqrt(size)) / (deviation[point] ?? NaN)
    })
  })
  return {
    ...reader.originOf(index),
    coordinateLabel: coordinate.label,
    coordinateUnit: coordinate.unit,
    coordinate: cellCentres(inOrder(coordinate.test, order)),
    steps: Float64Array.from(steps),
    scores: Float64Array.from(scores)
  }
}

/** Outputs of all networks in predicted standard deviations around the predicted mean. */
export function calibrationView(
  reader: RunReader,
  index: number,
  step: number | null
): CalibrationView {
  const { row } = reader.ensemble(index)
  const points = reader.data.testInputs.rows
  const outputs = reader.data.trainTargets.columns
  const steps = reader.read('ensemble', index, 'steps', Int32Array)
  const record = recordOf(steps, step)
  const mean = reader.requiredPrediction(row, 'testMean')
  const deviation = reader.requiredPrediction(row, 'testDeviation')
  const scores = outputsAt(reader, index, record, 'test').map((output, i) => {
    const at = record * points + (i % points)
    return (output - (mean[at * outputs] ?? NaN)) / (deviation[at] ?? NaN)
  })
  const { title, provenance } = reader.originOf(index)
  return {
    title: `${title}, step ${formatCount(steps[record] ?? 0)}`,
    provenance,
    scores: scores.filter(Number.isFinite).sort()
  }
}

/** How far the weights of every layer moved, over networks, for all widths and conditions. */
export function weightMovementView(reader: RunReader): WeightMovementView {
  const size = reader.run.experiment.ensembleSize
  const ensembles = reader.ensembles.map(({ index, row, width }) => {
    const steps = reader.read('ensemble', index, 'steps', Int32Array)
    const moved = reader.read('ensemble', index, 'weightMovement', Float64Array)
    // At step 0 nothing has moved.
    const later = steps.subarray(1)
    return {
      ...{ row, width, steps: Float64Array.from(later) },
      layers: movementByLayer(moved, steps.length, size, {
        records: Array.from(later, (_, i) => i + 1),
        networks: size
      })
    }
  })
  return {
    ...reader.origin,
    conditions: reader.grid.conditions,
    layers: Math.max(1, ...ensembles.map(({ layers }) => layers.length)),
    ensembles
  }
}

/**
 * How far the weights of every layer moved, over networks.
 *
 * @param moved records × layers × networks
 * @param of which records, in order, and how many of the networks, from the first one on
 */
export function movementByLayer(
  moved: Float64Array,
  recordCount: number,
  size: number,
  { records, networks }: { readonly records: readonly number[]; readonly networks: number }
): WeightMovementView['ensembles'][number]['layers'] {
  const layers = moved.length / (recordCount * size)
  const summary = (layer: number, over: (networks: Float64Array) => number): Float64Array =>
    Float64Array.from(records, (record) => {
      const from = (record * layers + layer) * size
      return over(moved.subarray(from, from + networks))
    })
  return Array.from({ length: layers }, (_, layer) => ({
    mean: summary(layer, (all) => all.reduce((sum, one) => sum + one, 0) / all.length),
    low: summary(layer, (all) => quantile(all, 0.05)),
    high: summary(layer, (all) => quantile(all, 0.95))
  }))
}
