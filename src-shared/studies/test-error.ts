import type { Dataset, Matrix } from '../design/dataset'
import { decisions } from '../theory/classification'

/** What the error at test points is: of classes the share that is wrong, of numbers the share of their variance. */
export interface TestError {
  readonly name: string
  /** Of outputs at the test points, T×k row-major. */
  readonly of: (outputs: Float32Array | Float64Array) => number
  /** Share of test points that two outputs put into the same class; null where targets are numbers. */
  readonly sameDecisions:
    ((x: Float32Array | Float64Array, y: Float32Array | Float64Array) => number) | null
}

/**
 * The error at the test points of data whose test targets are known.
 *
 * @throws {RangeError} where they are not
 */
export function testError({ testTargets, classes }: Dataset): TestError {
  if (!testTargets) throw new RangeError('the data have no targets at their test points')
  const decided = (outputs: Float32Array | Float64Array): number[] =>
    decisions({ ...testTargets, values: Float64Array.from(outputs) })
  if (!classes) {
    return {
      name: 'squared error over the variance of the targets',
      of: (outputs) => squaredError(outputs, testTargets) / variance(testTargets),
      sameDecisions: null
    }
  }
  const truth = decisions(testTargets)
  const same = (x: readonly number[], y: readonly number[]): number =>
    x.filter((one, i) => one === y[i]).length / x.length
  return {
    name: 'share in a wrong class',
    of: (outputs) => 1 - same(decided(outputs), truth),
    sameDecisions: (x, y) => same(decided(x), decided(y))
  }
}

/** Mean over points and outputs of the squared difference. */
export function squaredError(outputs: Float32Array | Float64Array, { values }: Matrix): number {
  return (
    values.reduce((total, wanted, i) => total + ((outputs[i] ?? NaN) - wanted) ** 2, 0) /
    values.length
  )
}

function variance({ values }: Matrix): number {
  const mean = values.reduce((total, value) => total + value, 0) / values.length
  return values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length
}
