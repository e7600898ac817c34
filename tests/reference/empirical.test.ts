import { describe, expect, test } from 'vitest'
import { finish } from '@shared/theory/stepwise'
import { empiricalKernels64 } from '../../src-main/engine/empirical/float64-kernels'
import { forward64 } from '../../src-main/engine/empirical/float64-network'
import { train64 } from '../../src-main/engine/empirical/float64-training'
import { jacobian, kernelOfJacobians } from '../support/jacobian'
import { javascriptLinearAlgebra } from '../../src-main/engine/float64/javascript-linear-algebra'
import { flatParameters } from '../../src-main/engine/empirical/parameter-layout'
import { empiricalCases, empiricalSetting } from './empirical-cases'
import { largestRelativeError } from './oracle'

/** Where the reference's own two routes agree to 1e-14, sums of a hundred terms agree to this. */
const TOLERANCE = 1e-12

describe.each(empiricalCases.map((c) => [c.id, c] as const))('%s', (_id, reference) => {
  const { params } = reference
  const { programs, layers, inputs, trainInputs, trainTargets } = empiricalSetting(reference)
  const outputs = params.widths.at(-1)!
  const expectClose = (got: ArrayLike<number>, wanted: number[]) => {
    expect(largestRelativeError(got, wanted, 1)).toBeLessThan(TOLERANCE)
  }

  test('outputs', () => {
    const { outputs: got } = forward64(javascriptLinearAlgebra, programs, layers, inputs)
    expectClose(got.values, reference.outputs.flat())
  })

  test('NTK and SG-NTK by the layer-wise Gram form', () => {
    const got = finish(empiricalKernels64(javascriptLinearAlgebra, programs, layers, inputs, null))
    expectClose(got.ntk, reference.ntk.flat(3))
    expectClose(got.sgNtk, reference.sgntk.flat(3))
  })

  test('Jacobians, and the kernels formed from them', () => {
    const J = jacobian(programs, layers, reference.X, 'derivative')
    const surrogate = jacobian(programs, layers, reference.X, 'surrogate')
    expectClose(J.flat(), reference.jacobian_true.flat(2))
    expectClose(surrogate.flat(), reference.jacobian_surrogate.flat(2))
    expectClose(kernelOfJacobians(J, surrogate, outputs), reference.sgntk.flat(3))
  })

  test('parameters and outputs after gradient steps', () => {
    const steps = reference.training.map(({ k }) => k)
    const got = finish(
      train64(javascriptLinearAlgebra, programs, layers, {
        ...{ inputs: trainInputs, targets: trainTargets, stepSize: params.eta, steps }
      })
    )
    reference.training.forEach(({ k, params_flat, outputs: wanted }, i) => {
      const { step, layers: trained } = got[i]!
      expect(step).toBe(k)
      expectClose(flatParameters(trained), params_flat)
      const { outputs: after } = forward64(javascriptLinearAlgebra, programs, trained, inputs)
      expectClose(after.values, wanted.flat())
    })
  })
})
