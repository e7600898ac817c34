import { conditionalExpectation } from '../../theory/moments/conditional-expectation'
import { exchanged } from '../../theory/moments/gaussian-pair'
import type { PiecewiseLinear } from '../../theory/moments/line-function'
import {
  lineDerivativeMoment,
  lineSecondMoment,
  lineSquaredGap,
  meanSlope,
  piecesOf
} from '../../theory/moments/piecewise-linear'
import type { ActivationMath } from '../activation-math'
import { numberElementwise } from '../number-elementwise'

/** The moments of a piecewise linear activation. */
export function lineMoments(
  line: PiecewiseLinear
): Omit<ActivationMath, 'evaluate' | 'derivative'> {
  const slope = {
    gaussianMean: (mean: number, deviation: number) => meanSlope(line, mean, deviation),
    breaks: line.knots,
    scale: Infinity
  }
  return {
    shape: { breaks: line.knots, scale: Infinity, pieces: piecesOf(line) },
    secondMoment: (pair) => lineSecondMoment(line, pair),
    differenceMoment: (pair) => lineSquaredGap(line, pair, 1),
    sumMoment: (pair) => lineSquaredGap(line, pair, -1),
    derivativeMoment: (pair) => lineDerivativeMoment(line, pair),
    // Over v, given which φ′(u) has a closed mean.
    surrogateMoment: (pair, surrogate) => {
      const evaluate = (z: number): number => surrogate.evaluate(numberElementwise, z)
      return conditionalExpectation(exchanged(pair), { ...surrogate, evaluate }, slope)
    }
  }
}
