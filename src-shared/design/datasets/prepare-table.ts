import { LabError } from '../../protocol/errors'
import { sampleWithoutReplacement } from '../../random/sampling'
import { selectRows, type Matrix } from '../matrix'
import { oneHotTargets, signTargets } from './classes'
import { plainCoordinate } from './coordinates'
import type { Dataset } from './dataset-definition'
import { MAXIMUM_POINTS } from './draw'
import type { Preparation } from './preparation'
import { scaleToSphere, standardiser } from './scaling'
import type { DataTable } from './table'

/**
 * Training and test data from a table: keeps the chosen classes, shuffles the rows by the seed, takes
 * the last round(testShare · rows) of them as test points, and scales by what the training rows say.
 *
 * @throws {LabError} 'invalid-request' for classes that the table lacks, an encoding that does not
 *   fit, and splits without training or test rows, or with more than 5,000
 */
export function prepareTable(table: DataTable, preparation: Preparation): Dataset {
  const chosen = chosenRows(table, preparation)
  const { train, test } = splitRows(chosen.rows, preparation)
  const { trainTargets, testTargets, classes } = targetsOf(table, chosen, train, test, preparation)
  const [trainInputs, testInputs] = scaledInputs(table.inputs, train, test, preparation)
  return {
    trainInputs,
    trainTargets,
    testInputs,
    testTargets,
    coordinate: plainCoordinate(trainInputs, testInputs),
    ...(classes && { classes })
  }
}

interface ChosenRows {
  readonly rows: Int32Array
  /** The class of every row of the table as an index into `names`, −1 for classes left out. */
  readonly classes: { readonly names: readonly string[]; readonly labels: Int32Array } | null
}

function chosenRows({ inputs, targets }: DataTable, { classes }: Preparation): ChosenRows {
  const all = Int32Array.from({ length: inputs.rows }, (_, i) => i)
  if (targets.kind === 'numbers') {
    if (classes) {
      throw invalid(
        `classes are ${classes.join(', ')}, but the targets of these data are numbers ` +
          `(${targets.names.join(', ')}): leave classes out`
      )
    }
    return { rows: all, classes: null }
  }
  const names = classes ?? targets.names
  if (names.length < 2) throw invalid(`these data have one class alone (${names.join()}): need two`)
  names.forEach((name, i) => {
    if (!targets.names.includes(name)) {
      throw invalid(
        `classes has “${name}”, which these data lack; theirs are ${targets.names.join(', ')}`
      )
    }
    if (names.indexOf(name) !== i) throw invalid(`classes has “${name}” twice`)
  })
  const placeOf = targets.names.map((name) => names.indexOf(name))
  const labels = targets.labels.map((label) => placeOf[label] ?? -1)
  return { rows: all.filter((row) => (labels[row] ?? -1) >= 0), classes: { names, labels } }
}

function splitRows(
  rows: Int32Array,
  { testShare, trainCount, testCount, seed }: Preparation
): { train: Int32Array; test: Int32Array } {
  const shuffled = sampleWithoutReplacement(rows.length, rows.length, seed).map(
    (i) => rows[i] ?? NaN
  )
  const testRows = Math.round(testShare * rows.length)
  const trainRows = rows.length - testRows
  if (testRows === 0 || trainRows === 0) {
    throw invalid(
      `testShare ${testShare} of ${rows.length} rows leaves ${trainRows} training and ${testRows} ` +
        'test points: both are needed'
    )
  }
  return {
    train: limited(shuffled.slice(0, trainRows), trainCount, 'trainCount'),
    test: limited(shuffled.slice(trainRows), testCount, 'testCount')
  }
}

function limited(rows: number[], count: number | undefined, name: string): Int32Array {
  if (count === undefined && rows.length > MAXIMUM_POINTS) {
    throw invalid(
      `these data have ${rows.length} rows for ${name}, and kernels are computed for at most ` +
        `${MAXIMUM_POINTS}: state ${name}`
    )
  }
  if (count !== undefined && count > rows.length) {
    throw invalid(
      `${name} is ${count}, but the split leaves ${rows.length} rows: lower it, or change testShare`
    )
  }
  return Int32Array.from(rows.slice(0, count))
}

function scaledInputs(
  inputs: Matrix,
  train: Int32Array,
  test: Int32Array,
  { inputScaling, radius }: Preparation
): [Matrix, Matrix] {
  const [trainInputs, testInputs] = [selectRows(inputs, train), selectRows(inputs, test)]
  switch (inputScaling) {
    case 'none':
      return [trainInputs, testInputs]
    case 'standard': {
      const scale = standardiser(trainInputs)
      return [scale(trainInputs), scale(testInputs)]
    }
    case 'sphere':
      return [scaleToSphere(trainInputs, radius, train), scaleToSphere(testInputs, radius, test)]
  }
}

function targetsOf(
  { targets }: DataTable,
  { classes }: ChosenRows,
  train: Int32Array,
  test: Int32Array,
  { encoding, targetScaling }: Preparation
): Pick<Dataset, 'trainTargets' | 'testTargets' | 'classes'> {
  if (targets.kind === 'numbers') {
    if (encoding)
      throw invalid(`encoding is ${encoding}, but these targets are numbers: leave it out`)
    const [trainTargets, testTargets] = [
      selectRows(targets.values, train),
      selectRows(targets.values, test)
    ]
    if (targetScaling === 'none') return { trainTargets, testTargets }
    const scale = standardiser(trainTargets)
    return { trainTargets: scale(trainTargets), testTargets: scale(testTargets) }
  }
  if (targetScaling !== 'none') {
    throw invalid('targetScaling is for numeric targets, but these are classes: leave it out')
  }
  const { names, labels } = classes ?? targets
  const of = (rows: Int32Array): Int32Array => rows.map((row) => labels[row] ?? -1)
  if (encoding === 'sign' && names.length > 2) {
    throw invalid(
      `encoding 'sign' is for two classes, these are ${names.length}: choose two classes`
    )
  }
  const encode = (rows: Int32Array): Matrix =>
    (encoding ?? (names.length === 2 ? 'sign' : 'one-hot')) === 'sign'
      ? signTargets(of(rows))
      : oneHotTargets(of(rows), names.length)
  return {
    trainTargets: encode(train),
    testTargets: encode(test),
    classes: { names, train: of(train), test: of(test) }
  }
}

function invalid(message: string): LabError {
  return new LabError('invalid-request', message)
}
