import { z } from 'zod'
import { adaptiveExpectation } from '../../theory/moments/adaptive-expectation'
import { evaluateFormula } from '../expressions/formula'
import { breaksOf, scaleOf } from '../expressions/formula-breaks'
import { surrogateFormula } from '../expressions/formula-schema'
import { areaUnder } from '../expressions/area-under'
import { parseFormula } from '../expressions/parse-formula'
import { numberElementwise } from '../number-elementwise'
import { amplitude, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { shiftedSurrogate } from './shifted-surrogate'

/** A ψ(z) that users state; jumps are allowed. */
export const expression = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('expression'),
    formula: surrogateFormula,
    amp: amplitude,
    theta: threshold
  }),
  title: 'Your own formula',
  formula: String.raw`\mathrm{amp}\cdot f(z-\theta)`,
  reference: 'as stated',
  meanFormula: null,
  bind: ({ formula, ...common }) => {
    const tree = parseFormula(formula)
    const value = (x: number): number => evaluateFormula(tree, numberElementwise, x)
    const breaks = breaksOf(tree)
    const scale = scaleOf(value, breaks)
    return shiftedSurrogate(
      {
        evaluate: (ops, x) => evaluateFormula(tree, ops, x),
        gaussianMean: (mean, deviation) => adaptiveExpectation(value, mean, deviation, breaks),
        scale,
        period: 4 * scale,
        breaks,
        area: areaUnder(value, breaks),
        isEven: isEven(value)
      },
      common
    )
  }
})

function isEven(f: (z: number) => number): boolean {
  for (let z = 0; z < 40; z += 0.37) {
    const difference = Math.abs(f(z) - f(-z))
    if (difference > 1e-15 * Math.abs(f(z))) return false
  }
  return true
}
