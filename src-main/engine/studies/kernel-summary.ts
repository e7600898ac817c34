import type { Dataset } from '@shared/design/dataset'
import type { NetworkDesign } from '@shared/design/network'
import type { Surrogate } from '@shared/design/surrogate'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import { asymmetry } from '@shared/theory/matrix-arithmetic'
import { predictionKernels } from '@shared/theory/prediction-kernels'
import { halfWidth } from '@shared/theory/regularisation'
import { stabilityReport } from '@shared/theory/stability'
import type { Stepwise } from '@shared/theory/stepwise'

/** What one surrogate makes of the SG-NTK of a design, and of the function that is learned with it. */
export interface KernelSummary {
  /** K(x, x) at the first training point. */
  readonly diagonal: number
  /** The angle in radians at which K has fallen to half; null where it does not. */
  readonly halfWidth: number | null
  readonly conditionNumber: number
  /** η below which gradient descent is stable. */
  readonly maximumStepSize: number
  /** ‖K − Kᵀ‖/‖K‖ on the training points. */
  readonly asymmetry: number
  /** f_∞ = K(T, X) K(X, X)⁻¹ y at the test points; null where K(X, X) is singular. */
  readonly predictor: Float64Array | null
}

/** Computes the kernels of a design with one surrogate, and what follows from them. */
export function* kernelSummary(
  design: NetworkDesign,
  surrogate: Surrogate,
  data: Dataset,
  algebra: LinearAlgebra
): Stepwise<KernelSummary> {
  const { trainTrain, testTrain } = yield* predictionKernels(design, surrogate, data)
  const { conditionNumber, maximumStepSize, singular } = stabilityReport(trainTrain, algebra)
  yield
  const weights = singular ? null : algebra.solve(trainTrain, data.trainTargets)
  return {
    diagonal: trainTrain.values[0] ?? NaN,
    halfWidth: halfWidth(design, surrogate, 1),
    ...{ conditionNumber, maximumStepSize, asymmetry: asymmetry(trainTrain) },
    predictor: weights && algebra.multiply(testTrain, weights).values
  }
}
