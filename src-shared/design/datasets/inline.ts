import { z } from 'zod'
import { LabError } from '../../protocol/errors'
import { matrixFromRows } from '../matrix'
import { finiteNumber } from '../parameters'
import { plainCoordinate } from './coordinates'
import type { Dataset } from './dataset-definition'

const row = z.array(finiteNumber).min(1)

/** Data stated point by point. */
export const inlineSchema = z.strictObject({
  kind: z.literal('inline'),
  trainInputs: z.array(row).min(1),
  trainTargets: z.array(row).min(1),
  testInputs: z.array(row).min(1),
  testTargets: z.array(row).optional()
})

/** @throws {LabError} 'invalid-request' when rows differ in length or numbers of rows do not match */
export function inlineDataset(spec: z.infer<typeof inlineSchema>): Dataset {
  const trainInputs = matrixFromRows(spec.trainInputs, 'trainInputs')
  const trainTargets = matrixFromRows(spec.trainTargets, 'trainTargets')
  const testInputs = matrixFromRows(spec.testInputs, 'testInputs')
  const testTargets = spec.testTargets ? matrixFromRows(spec.testTargets, 'testTargets') : null
  requireEqual('rows of trainTargets', trainTargets.rows, 'rows of trainInputs', trainInputs.rows)
  requireEqual('columns of testInputs', testInputs.columns, 'of trainInputs', trainInputs.columns)
  if (testTargets) {
    requireEqual('rows of testTargets', testTargets.rows, 'rows of testInputs', testInputs.rows)
    requireEqual(
      'columns of testTargets',
      testTargets.columns,
      'of trainTargets',
      trainTargets.columns
    )
  }
  const coordinate = plainCoordinate(trainInputs, testInputs)
  return { trainInputs, trainTargets, testInputs, testTargets, coordinate }
}

function requireEqual(what: string, got: number, other: string, wanted: number): void {
  if (got !== wanted)
    throw new LabError('invalid-request', `${what}: ${got}, but ${other}: ${wanted}`)
}
