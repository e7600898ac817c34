import { describe, expect, test } from 'vitest'
import { stabilityReport } from '@shared/theory/stability'
import { javascriptLinearAlgebra } from '../../src-main/engine/float64/javascript-linear-algebra'
import { dynamicsCases, dynamicsKernels, largestDynamicsError } from './dynamics-cases'

describe.each(dynamicsCases.map((c) => [c.id, c] as const))(
  '%s, algebra in JavaScript',
  (_id, reference) => {
    test('means and covariances of flow, to its end, and of steps', () => {
      expect(largestDynamicsError(reference, javascriptLinearAlgebra)).toBeLessThan(1e-11)
    })

    test('eigenvalues, and whether training is stable and the kernel singular', () => {
      const { trainTrain } = dynamicsKernels(reference)
      const report = stabilityReport(trainTrain, javascriptLinearAlgebra)
      const { real, imaginary } = report.eigenvalues
      const largest = Math.max(...reference.eigenvalues.map(([re, im]) => Math.hypot(re, im)))
      for (const [re, im] of reference.eigenvalues) {
        const distances = [...real].map((x, i) => Math.hypot(x - re, imaginary[i]! - im))
        expect(Math.min(...distances)).toBeLessThan(1e-11 * largest)
      }
      expect(report).toMatchObject({ stable: reference.stable, singular: reference.singular })
    })
  }
)
