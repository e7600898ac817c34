import { resolveDataset, type Matrix } from '@shared/design/dataset'
import type { RunDetail } from '@shared/protocol/results'
import { float64, type StoredArray } from '../session/stored-array'
import { arrayCatalogue } from './array-catalogue'
import type { ExportSource } from './export-source'

/** An array of a run for use outside the lab. */
export interface ExportedArray extends Pick<StoredArray, 'dtype' | 'shape'> {
  /** Such as "ensemble-0/testOutputs". */
  readonly name: string
  /** null where this version does not know the array. */
  readonly dimensions: readonly string[] | null
  readonly meaning: string | null
  readonly read: () => StoredArray
}

/**
 * The arrays of a run: its points as the networks see them, then what it stored, apart from what a
 * stopped run resumes from.
 *
 * @param options.kernels also kernels, which are large
 */
export function runArrays(
  { session, tables }: ExportSource,
  run: RunDetail,
  { kernels }: { readonly kernels: boolean }
): ExportedArray[] {
  const { trainInputs, trainTargets, testInputs, testTargets } = resolveDataset(
    run.experiment.data,
    tables
  )
  const points = [
    matrixArray('trainInputs', trainInputs, ['train_point', 'input']),
    matrixArray('trainTargets', trainTargets, ['train_point', 'output']),
    matrixArray('testInputs', testInputs, ['test_point', 'input']),
    ...(testTargets ? [matrixArray('testTargets', testTargets, ['test_point', 'output'])] : [])
  ]
  const stored = session
    .listArrays(run.id)
    .filter(({ ownerKind }) => ownerKind !== 'checkpoint')
    .flatMap(({ ownerKind, ownerIndex, name, dtype, shape }) => {
      const known = arrayCatalogue[ownerKind][name]
      if (known?.isKernel && !kernels) return []
      const { dimensions, meaning } = known ?? { dimensions: null, meaning: null }
      const read = () => session.readArray(run.id, ownerKind, ownerIndex, name)
      return [
        { name: `${ownerKind}-${ownerIndex}/${name}`, dtype, shape, dimensions, meaning, read }
      ]
    })
  return [...points, ...stored]
}

function matrixArray(name: string, matrix: Matrix, dimensions: string[]): ExportedArray {
  const array = float64(matrix.values, [matrix.rows, matrix.columns])
  const { dtype, shape } = array
  return {
    ...{ name: `points/${name}`, dtype, shape, dimensions },
    meaning: 'as the networks see it',
    read: () => array
  }
}
