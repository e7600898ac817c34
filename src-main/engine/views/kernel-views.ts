import { fitPowerLaw } from '@shared/comparison/power-law'
import type { KernelDriftView } from '@shared/figures/kernel-drift-figure'
import type { KernelErrorView } from '@shared/figures/kernel-error-figure'
import type { KernelMapView } from '@shared/figures/kernel-map-figure'
import { meanOf, type KernelSlicesView } from '@shared/figures/kernel-slices-figure'
import { LabError } from '@shared/protocol/errors'
import { ascending, cellCentres, inOrder } from './point-order'
import { kernelsAt, recordedKernels, type RecordedKernels } from './recorded-kernels'
import { recordOf } from './record-of'
import type { PlacedEnsemble, RunReader } from './run-reader'

/** Kernels at one training point over the test points, for all widths and conditions. */
export function kernelSlicesView(
  reader: RunReader,
  trainingPoint: number | null
): KernelSlicesView {
  const { coordinate, trainInputs } = reader.data
  const point = trainingPoint ?? middlePoint(coordinate.train)
  if (point >= trainInputs.rows) {
    throw new LabError(
      'invalid-request',
      `trainingPoint: there is no point ${point}: the run has points 0 to ${trainInputs.rows - 1}`
    )
  }
  const order = ascending(coordinate.test)
  const slice = (kernel: Float64Array): Float64Array =>
    Float64Array.from(order, (i) => kernel[i * trainInputs.rows + point] ?? NaN)
  return {
    ...reader.origin,
    kernelName: reader.kernelName,
    coordinateLabel: coordinate.label,
    coordinateUnit: coordinate.unit,
    at: coordinate.train[point] ?? NaN,
    grid: reader.grid,
    panels: reader.ensembles.map((ensemble) => {
      const recorded = recordedKernels(reader, ensemble)
      const analytic = reader.prediction(ensemble.row, 'kernelTestTrain')
      return {
        row: ensemble.row,
        column: ensemble.column,
        x: inOrder(coordinate.test, order),
        analytic: analytic && slice(analytic),
        steps: endsOf(recorded).map((record) => ({
          step: recorded.steps[record] ?? NaN,
          kernels: kernelsAt(recorded, record).map(slice)
        }))
      }
    })
  }
}

/** One ensemble's kernels at a recorded step, the last where it is null, against the analytic one. */
export function kernelMapView(
  reader: RunReader,
  index: number,
  step: number | null
): KernelMapView {
  const ensemble = reader.ensemble(index)
  const { coordinate, trainInputs } = reader.data
  const [rows, columns] = [ascending(coordinate.test), ascending(coordinate.train)]
  const sorted = (kernel: Float64Array): Float64Array =>
    Float64Array.from(
      rows.flatMap((i) => columns.map((j) => kernel[i * trainInputs.rows + j] ?? NaN))
    )
  const analytic = reader.prediction(ensemble.row, 'kernelTestTrain')
  const records = reader.run.experiment.empiricalKernels.at !== 'none'
  const recorded = records ? recordedKernels(reader, ensemble) : null
  const record = recorded ? recordOf(recorded.steps, step) : 0
  return {
    ...reader.originOf(index),
    kernelName: reader.kernelName,
    coordinateLabel: coordinate.label,
    coordinateUnit: coordinate.unit,
    test: cellCentres(inOrder(coordinate.test, rows)),
    train: cellCentres(inOrder(coordinate.train, columns)),
    analytic: analytic && sorted(analytic),
    empirical: recorded && {
      step: recorded.steps[record] ?? NaN,
      networks: recorded.networks,
      mean: sorted(meanOf(kernelsAt(recorded, record)))
    }
  }
}

/** Mean squared errors of kernels against the width, at the first and last recorded step. */
export function kernelErrorView(reader: RunReader): KernelErrorView {
  const { conditions } = reader.grid
  return {
    ...reader.origin,
    kernelName: reader.kernelName,
    panels: conditions.flatMap((condition, row) => {
      const here = byWidth(reader.ensembles.filter((ensemble) => ensemble.row === row))
      const analytic = reader.requiredPrediction(row, 'kernelTestTrain')
      const recorded = here.map((ensemble) => recordedKernels(reader, ensemble))
      const widths = Float64Array.from(here, ({ width }) => width)
      const ends = recorded[0] ? endsOf(recorded[0]) : []
      return ends.map((record, column) => {
        const kernels = recorded.map((ofWidth) => kernelsAt(ofWidth, record))
        const errors = kernels.map((ofWidth) => ofWidth.map((one) => squaredError(one, analytic)))
        const networks = Math.max(0, ...errors.map(({ length }) => length))
        return {
          row,
          column,
          condition,
          step: recorded[0]?.steps[record] ?? NaN,
          widths,
          perNetwork: Array.from({ length: networks }, (_, network) =>
            Float64Array.from(errors, (ofWidth) => ofWidth[network] ?? NaN)
          ),
          ofMean: Float64Array.from(kernels, (ofWidth) => squaredError(meanOf(ofWidth), analytic)),
          fit: fitPowerLaw(
            errors.flatMap((ofWidth, i) =>
              ofWidth.map((value) => ({ width: widths[i] ?? NaN, value }))
            )
          )
        }
      })
    })
  }
}

/** How far kernels have moved from where they were at the first recorded step. */
export function kernelDriftView(reader: RunReader): KernelDriftView {
  return {
    ...reader.origin,
    kernelName: reader.kernelName,
    conditions: reader.grid.conditions,
    ensembles: byWidth(reader.ensembles).map((ensemble) => {
      const recorded = recordedKernels(reader, ensemble)
      const starts = kernelsAt(recorded, 0)
      return {
        row: ensemble.row,
        width: ensemble.width,
        steps: Float64Array.from(recorded.steps.subarray(1)),
        drift: starts.map((start, network) =>
          Float64Array.from(recorded.steps.subarray(1), (_, i) =>
            kernelDrift(recorded.kernel(i + 1, network), start)
          )
        )
      }
    })
  }
}

/** ‖K − K_0‖/‖K_0‖ of the entries of a kernel and those where it started. */
export function kernelDrift(kernel: Float64Array, start: Float64Array): number {
  return Math.sqrt(squaredError(kernel, start) / meanSquare(start))
}

/** The first and the last record; one where they are the same. */
function endsOf({ steps }: RecordedKernels): number[] {
  return steps.length < 2 ? [0] : [0, steps.length - 1]
}

function byWidth(ensembles: readonly PlacedEnsemble[]): PlacedEnsemble[] {
  return [...ensembles].sort((a, b) => a.row - b.row || a.width - b.width)
}

/** Mean over entries of (a − b)². */
function squaredError(a: Float64Array, b: Float64Array): number {
  return a.reduce((total, value, i) => total + (value - (b[i] ?? NaN)) ** 2, 0) / a.length
}

function meanSquare(values: Float64Array): number {
  return values.reduce((total, value) => total + value * value, 0) / values.length
}

/** The point in the middle of the order of coordinates. */
function middlePoint(coordinate: Float64Array): number {
  const order = ascending(coordinate)
  return order[Math.floor(order.length / 2)] ?? 0
}
