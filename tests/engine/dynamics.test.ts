import { expect, test } from 'vitest'
import { NativeLinearAlgebra } from '../../src-main/engine/float64/native-linear-algebra'
import { loadTensorFlow, tensorFlowBinding } from '../../src-main/engine/tensorflow'
import { dynamicsCases, dynamicsKernels, largestDynamicsError } from '../reference/dynamics-cases'
import { stabilityReport } from '@shared/theory/stability'

const native = new NativeLinearAlgebra(tensorFlowBinding(loadTensorFlow()))

test.each(dynamicsCases.map((c) => [c.id, c] as const))('%s, native algebra', (_id, reference) => {
  expect(largestDynamicsError(reference, native)).toBeLessThan(1e-11)
  const report = stabilityReport(dynamicsKernels(reference).trainTrain, native)
  expect(report).toMatchObject({ stable: reference.stable, singular: reference.singular })
})
