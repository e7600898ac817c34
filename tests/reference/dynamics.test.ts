import { expect, test } from 'vitest'
import { plainLinearAlgebra } from '../support/plain-linear-algebra'
import { dynamicsCases, largestDynamicsError } from './dynamics-cases'

test.each(dynamicsCases.map((c) => [c.id, c] as const))('%s, plain algebra', (_id, reference) => {
  expect(largestDynamicsError(reference, plainLinearAlgebra)).toBeLessThan(1e-8)
})
