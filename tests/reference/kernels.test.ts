import { describe, expect, test } from 'vitest'
import { matrixFromRows } from '@shared/design/dataset'
import { computeKernels } from '@shared/theory/kernels'
import {
  largestRelativeError,
  referenceCases,
  referenceDesign,
  referenceSurrogate,
  referenceValues
} from './oracle'

/**
 * The reference numbers agree among themselves (two or more independent methods) to 1e-11 or better;
 * near-coincident sign inputs to 2.7e-12.
 */
const TOLERANCE = 1e-11

describe('NNGP and NTK against reference numbers', () => {
  test.each(referenceCases('analytic').map((c) => [c.id, c] as const))('%s', (_id, reference) => {
    const { nngp, ntk } = computeKernels(
      referenceDesign(reference.params),
      null,
      matrixFromRows(reference.X, 'X')
    )
    expect(largestRelativeError(nngp.values, referenceValues(reference.nngp))).toBeLessThan(
      TOLERANCE
    )
    expect(largestRelativeError(ntk.values, referenceValues(reference.ntk))).toBeLessThan(TOLERANCE)
  })
})

describe('SG-NTK against reference numbers', () => {
  test.each(referenceCases('sgntk').map((c) => [c.id, c] as const))('%s', (_id, reference) => {
    const { nngp, sgNtk } = computeKernels(
      referenceDesign(reference.params),
      referenceSurrogate(reference.params),
      matrixFromRows(reference.X, 'X')
    )
    expect(largestRelativeError(nngp.values, referenceValues(reference.nngp))).toBeLessThan(
      TOLERANCE
    )
    expect(largestRelativeError(sgNtk!.values, referenceValues(reference.I))).toBeLessThan(
      TOLERANCE
    )
  })
})
