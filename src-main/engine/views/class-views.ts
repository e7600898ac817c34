import { ensembleStatistics } from '@shared/comparison/ensemble-statistics'
import type { Classes, Dataset, Matrix } from '@shared/design/dataset'
import type { Confusion, ConfusionView } from '@shared/figures/confusion-figure'
import type { DecisionMapView, PlanePoints } from '@shared/figures/decision-map-figure'
import { formatCount } from '@shared/figures/numbers'
import { LabError } from '@shared/protocol/errors'
import { classificationLimit, decisions } from '@shared/theory/classification'
import { kernelPieces } from '@shared/theory/kernels'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import type { Stepwise } from '@shared/theory/stepwise'
import { trainingDynamics } from '@shared/theory/training-dynamics'
import { recordOf } from './record-of'
import type { RunReader } from './run-reader'

/** Rows and columns of a map of the plane. */
const GRID = 61
/** What a map shows around the points, as a share of their range. */
const MARGIN = 0.06

/** True classes, those that networks and theory decide, and the limit of infinitely sharp steps. */
export function* confusionView(
  reader: RunReader,
  index: number,
  step: number | null
): Stepwise<ConfusionView> {
  const classes = requireClasses(reader)
  const { row } = reader.ensemble(index)
  const record = recordOf(reader.read('ensemble', index, 'steps', Int32Array), step)
  const networks = classesOf(ensembleMean(reader, index, record))
  const truth = [...classes.test]
  const against = (
    title: string,
    rows: readonly [string, readonly number[]],
    columns: readonly [string, readonly number[]]
  ): Confusion => ({
    title,
    rows: rows[0],
    columns: columns[0],
    counts: counted(rows[1], columns[1], classes.names.length)
  })
  const matrices = [against('networks', ['true class', truth], ['mean of networks', networks])]
  const mean = reader.prediction(row, 'testMean')
  if (mean) {
    const predicted = classesOf(testMatrix(reader.data, mean, record))
    matrices.push(
      against('theory and networks', ['predicted', predicted], ['mean of networks', networks])
    )
  }
  const limit = yield* sharpLimit(reader, row)
  if (limit) {
    matrices.push(
      against('limit of sharp steps', ['Nadaraya–Watson', limit], ['mean of networks', networks])
    )
  }
  return { ...titled(reader, index, record), classes: classes.names, matrices }
}

/** The predicted mean all over the plane of two inputs, and where networks decide otherwise. */
export function* decisionMapView(
  reader: RunReader,
  index: number,
  step: number | null,
  algebra: LinearAlgebra
): Stepwise<DecisionMapView> {
  const { data, run } = reader
  if (data.trainInputs.columns !== 2) {
    throw new LabError(
      'invalid-request',
      `a map of the plane needs data with 2 inputs: these have ${data.trainInputs.columns}`
    )
  }
  const { row } = reader.ensemble(index)
  const steps = reader.read('ensemble', index, 'steps', Int32Array)
  const record = recordOf(steps, step)
  const predicted = reader.requiredPrediction(row, 'testMean')
  const condition = reader.conditions[row]
  if (!condition) throw new RangeError(`run ${run.id} has no condition ${row}`)
  const { design, surrogate } = condition
  const [x, y] = [axisOver(data, 0), axisOver(data, 1)]
  const grid: Matrix = {
    values: Float64Array.from([...y].flatMap((up) => [...x].flatMap((across) => [across, up]))),
    rows: GRID * GRID,
    columns: 2
  }
  const among = yield* kernelPieces(design, surrogate, data.trainInputs, null)
  const across = yield* kernelPieces(design, surrogate, grid, data.trainInputs)
  const [trainTrain, gridTrain] = [among.sgNtk ?? among.ntk, across.sgNtk ?? across.ntk]
  const time = { kind: 'steps', k: steps[record] ?? 0, eta: run.stepSize } as const
  const { response } = yield* trainingDynamics(trainTrain, 0, algebra).at(time, gridTrain)
  const mean = algebra.multiply(gridTrain, algebra.multiply(response, data.trainTargets))
  const outputs = mean.columns
  const networks = ensembleMean(reader, index, record)
  const theory = testMatrix(data, predicted, record)
  const { classes } = data
  const [ofNetworks, ofTheory] = [classesOf(networks), classesOf(theory)]
  const differing = classes ? ofTheory.flatMap((own, i) => (own === ofNetworks[i] ? [] : [i])) : []
  return {
    ...titled(reader, index, record),
    kernelName: reader.kernelName,
    inputs: ['input 1', 'input 2'],
    ...{ x, y },
    values: Float64Array.from({ length: mean.rows }, (_, i) => mean.values[i * outputs] ?? NaN),
    train: classes
      ? classes.names.map((name, label) =>
          planePoints(`class ${name}`, data.trainInputs, indicesOf(classes.train, label))
        )
      : [planePoints('training points', data.trainInputs, [...data.coordinate.train.keys()])],
    disagreeing: planePoints('networks decide otherwise', data.testInputs, differing),
    decides: classes !== undefined && outputs === 1
  }
}

/** The classes that infinitely sharp steps decide; null where there is no such limit. */
function* sharpLimit(reader: RunReader, row: number): Stepwise<number[] | null> {
  const { trainInputs: train, trainTargets: targets, testInputs: test } = reader.data
  const condition = reader.conditions[row]
  if (!condition) return null
  try {
    const { score } = yield* classificationLimit({ ...condition, train, targets, test })
    return classesOf(score)
  } catch (error) {
    // Other activations, surrogates or coinciding points: the figure does without.
    if (error instanceof LabError && error.code === 'invalid-request') return null
    throw error
  }
}

/** Indices of classes: of the sign of one output, or of the largest of several. */
function classesOf(scores: Matrix): number[] {
  const decided = decisions(scores)
  return scores.columns === 1 ? decided.map((sign) => Number(sign > 0)) : decided
}

/** Outputs averaged over networks, T×k. */
function ensembleMean(reader: RunReader, index: number, record: number): Matrix {
  const { testInputs, trainTargets } = reader.data
  const each = testInputs.rows * trainTargets.columns
  const all = reader.read('ensemble', index, 'testOutputs', Float32Array)
  const size = reader.run.experiment.ensembleSize
  const here = all.subarray(record * size * each, (record + 1) * size * each)
  const { mean } = ensembleStatistics(here, each)
  return { values: mean, rows: testInputs.rows, columns: trainTargets.columns }
}

/** One record of an R×T×k array. */
function testMatrix(
  { testInputs, trainTargets }: Dataset,
  all: Float64Array,
  record: number
): Matrix {
  const each = testInputs.rows * trainTargets.columns
  return {
    values: all.subarray(record * each, (record + 1) * each),
    rows: testInputs.rows,
    columns: trainTargets.columns
  }
}

function counted(
  rows: readonly number[],
  columns: readonly number[],
  classes: number
): Float64Array {
  const counts = new Float64Array(classes * classes)
  rows.forEach((row, i) => {
    const at = row * classes + (columns[i] ?? 0)
    counts[at] = (counts[at] ?? 0) + 1
  })
  return counts
}

function titled(reader: RunReader, index: number, record: number) {
  const { title, provenance } = reader.originOf(index)
  const step = reader.read('ensemble', index, 'steps', Int32Array)[record] ?? 0
  return { title: `${title}, step ${formatCount(step)}`, provenance }
}

function requireClasses({ data }: RunReader): Classes {
  if (data.classes) return data.classes
  throw new LabError('invalid-request', 'the data of this run have no classes to confuse')
}

/** Evenly spaced values over one input of all points, with a margin. */
function axisOver({ trainInputs, testInputs }: Dataset, input: number): Float64Array {
  const values = [trainInputs, testInputs].flatMap(({ values: all, columns }) => [
    ...all.filter((_, i) => i % columns === input)
  ])
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const margin = MARGIN * (high - low || 1)
  return Float64Array.from(
    { length: GRID },
    (_, i) => low - margin + ((high - low + 2 * margin) * i) / (GRID - 1)
  )
}

function planePoints(name: string, { values }: Matrix, points: readonly number[]): PlanePoints {
  return {
    name,
    x: Float64Array.from(points, (i) => values[2 * i] ?? NaN),
    y: Float64Array.from(points, (i) => values[2 * i + 1] ?? NaN)
  }
}

function indicesOf(labels: Int32Array, label: number): number[] {
  return [...labels.keys()].filter((i) => labels[i] === label)
}
