import { describe, expect, test } from 'vitest'
import { matrixFromRows } from '@shared/design/dataset'
import { NativeLinearAlgebra } from '../../src-main/engine/float64/native-linear-algebra'
import { loadTensorFlow, tensorFlowBinding } from '../../src-main/engine/tensorflow'
import { dynamicsCases, largestDynamicsError } from '../reference/dynamics-cases'

const native = new NativeLinearAlgebra(tensorFlowBinding(loadTensorFlow()))

describe.each(dynamicsCases.map((c) => [c.id, c] as const))(
  '%s, native algebra',
  (_id, reference) => {
    test('means and deviations after k steps', () => {
      expect(largestDynamicsError(reference, native)).toBeLessThan(1e-8)
    })

    test('eigenvalues, complex ones included', () => {
      const found = native.eigenvalues(matrixFromRows(reference.kernel_train_train, 'kernel'))
      const largest = Math.max(...reference.eigenvalues.map(([re, im]) => Math.hypot(re, im)))
      for (const [re, im] of reference.eigenvalues) {
        const distances = [...found.real].map((x, i) =>
          Math.hypot(x - re, found.imaginary[i]! - im)
        )
        expect(Math.min(...distances)).toBeLessThan(1e-8 * largest)
      }
    })
  }
)
