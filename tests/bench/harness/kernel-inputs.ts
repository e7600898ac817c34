import type { Activation } from '@shared/design/activation'
import type { Matrix } from '@shared/design/dataset'
import type { NetworkDesign } from '@shared/design/network'
import { fillStandardNormal, streamPurpose } from '@shared/random/stream'

/** What kernels are timed on, as in peers/analytic_kernel.py. */
export const DIMENSION = 10
export const DEPTH = 3

export function kernelDesign(activation: Activation): NetworkDesign {
  return {
    depthHidden: DEPTH,
    activation,
    sigmaW: 1.5,
    sigmaB: 0.1,
    outputScale: 1,
    parametrisation: 'ntk'
  }
}

export function gaussianPoints(rows: number): Matrix {
  const values = new Float32Array(rows * DIMENSION)
  fillStandardNormal({ seed: 1, purpose: streamPurpose.weights }, values)
  return { values: Float64Array.from(values), rows, columns: DIMENSION }
}
