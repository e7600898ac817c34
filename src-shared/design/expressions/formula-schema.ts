import { z } from 'zod'
import { LabError } from '../../protocol/errors'
import type { Formula } from './formula'
import { checkFinite, derivativeOf } from './formula-analysis'
import { breaksOf } from './formula-breaks'
import { parseFormula } from './parse-formula'

/** A formula of z, refused with the place of what is wrong in it. */
function formulaOf(check: (formula: Formula) => void): z.ZodType<string, string> {
  return z
    .string({ error: 'formula must be a text such as "exp(-z^2)"' })
    .superRefine((text, context) => {
      try {
        const formula = parseFormula(text)
        checkFinite(formula)
        breaksOf(formula)
        check(formula)
      } catch (problem) {
        if (!(problem instanceof LabError)) throw problem
        context.addIssue({ code: 'custom', message: problem.message })
      }
    })
}

/** A surrogate derivative's formula: anything finite. */
export const surrogateFormula = formulaOf(() => undefined)

/** An activation's formula: continuous, with a finite derivative. */
export const activationFormula = formulaOf((formula) => {
  checkFinite(derivativeOf(formula))
})
