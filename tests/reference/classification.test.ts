import { describe, expect, test } from 'vitest'
import { matrixFromRows } from '@shared/design/dataset'
import {
  classificationLimit,
  decisions,
  finitePredictor,
  type ClassificationTask
} from '@shared/theory/classification'
import { finish } from '@shared/theory/stepwise'
import { javascriptLinearAlgebra } from '../../src-main/engine/float64/javascript-linear-algebra'
import { classificationCases, type ClassificationCase } from './classification-cases'
import { largestRelativeError, referenceDesign } from './oracle'

function taskOf(reference: ClassificationCase): ClassificationTask {
  const withSurrogate = reference.params.kernel.startsWith('SG-NTK')
  return {
    design: referenceDesign({ ...reference.params, activation: { name: 'sign' } }),
    surrogate: withSurrogate ? { name: 'erf_prime', m: 1, amp: 1, theta: 0 } : null,
    train: matrixFromRows(reference.X_train, 'X_train'),
    targets: matrixFromRows(
      reference.y_train.map((y) => [y]),
      'y_train'
    ),
    test: matrixFromRows(reference.X_test, 'X_test')
  }
}

describe.each(classificationCases.map((c) => [c.id, c] as const))('%s', (_id, reference) => {
  const task = taskOf(reference)
  const limit = finish(classificationLimit(task))

  test('the limit: growth of the diagonal, singular kernel, scores and classes', () => {
    expect(largestRelativeError(limit.c, reference.c)).toBeLessThan(1e-13)
    const wanted = reference.theta_inf_test_train.flat()
    expect(largestRelativeError(limit.thetaInf.values, wanted)).toBeLessThan(1e-11)
    expect(largestRelativeError(limit.score.values, reference.limit_score)).toBeLessThan(1e-11)
    expect(decisions(limit.score)).toEqual(reference.limit_class)
  })

  test.each(reference.finite_m.map((finite) => [finite.m, finite] as const))(
    'm = %d: predictor, diagonal and share of equal decisions',
    (m, wanted) => {
      const got = finish(finitePredictor(task, m, javascriptLinearAlgebra))
      expect(largestRelativeError(got.scaled.values, wanted.scaled)).toBeLessThan(1e-11)
      expect(largestRelativeError(got.diagonalRatio, wanted.diag_ratio)).toBeLessThan(1e-12)
      const classes = decisions(got.predictor)
      const equal = classes.filter((value, i) => value === reference.limit_class[i]).length
      expect(equal / classes.length).toBeCloseTo(wanted.sign_agreement, 12)
    }
  )
})
