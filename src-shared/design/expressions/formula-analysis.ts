import { LabError } from '../../protocol/errors'
import { numberElementwise } from '../number-elementwise'
import {
  add,
  constant,
  evaluateFormula,
  formulaFunctions,
  multiply,
  power,
  type Formula
} from './formula'

/** Formulas are checked to be finite for |z| up to this. */
const RANGE = 40

/**
 * The derivative in z, kinks included: |x|′ = sign(x) x′, with 0 at the kink.
 *
 * @throws LabError where a part jumps: its derivative is not a function
 */
export function derivativeOf(formula: Formula): Formula {
  switch (formula.kind) {
    case 'variable':
      return constant(1)
    case 'constant':
      return constant(0)
    case 'add':
      return add(derivativeOf(formula.left), derivativeOf(formula.right))
    case 'multiply': {
      const { left, right } = formula
      return add(multiply(derivativeOf(left), right), multiply(left, derivativeOf(right)))
    }
    case 'power': {
      const { base, exponent } = formula
      const outer = multiply(constant(exponent), power(base, exponent - 1))
      return multiply(outer, derivativeOf(base))
    }
    case 'apply': {
      const { name, argument, place } = formula
      const { derivative } = formulaFunctions[name]
      if (derivative === 'jump') {
        throw new LabError(
          'invalid-request',
          `${name}(…) at character ${place.start + 1} jumps, and an activation's formula has to be ` +
            'continuous: use the activations Sign or Heaviside, or abs, relu, min and max'
        )
      }
      return multiply(derivative(argument, place), derivativeOf(argument))
    }
  }
}

/** @throws LabError naming the first z of a grid over |z| ≤ 40 where the formula has no finite value */
export function checkFinite(formula: Formula): void {
  for (let k = 0; k <= RANGE / 0.25; k++) {
    for (const z of [k * 0.25, -k * 0.25]) {
      const value = evaluateFormula(formula, numberElementwise, z)
      if (Number.isFinite(value)) continue
      throw new LabError(
        'invalid-request',
        `the formula is ${String(value)} at z = ${z}: it has to be finite for every z from ` +
          `${-RANGE} to ${RANGE}`
      )
    }
  }
}
