import { activationSchema } from '@shared/design/activation'
import { matrixFromRows } from '@shared/design/dataset'
import { networkDesignSchema } from '@shared/design/network'
import type { Float64Layer } from '../../src-main/engine/empirical/float64-network'
import { networkPrograms } from '../../src-main/engine/empirical/network-programs'
import { referenceCases, referenceSurrogate } from './oracle'

/** One network of the oracle, as its file states it. */
export interface EmpiricalCase {
  id: string
  params: {
    activation: { name: string; m?: number; theta?: number }
    surrogate: { name: string; m?: number; theta?: number } | null
    widths: number[]
    sigma_w: number
    sigma_b: number
    eta: number
    n_train: number
  }
  weights: { W: number[][]; b: number[] }[]
  X: number[][]
  y_train: number[][]
  outputs: number[][]
  jacobian_true: number[][][]
  jacobian_surrogate: number[][][]
  ntk: number[][][][]
  sgntk: number[][][][]
  training: { k: number; params_flat: number[]; outputs: number[][] }[]
}

export const empiricalCases = referenceCases<EmpiricalCase>('empirical')

/** A case as the empirical code takes it. */
export function empiricalSetting({ params, weights, X, y_train }: EmpiricalCase) {
  const design = networkDesignSchema.parse({
    depthHidden: params.widths.length - 2,
    activation: activationSchema.parse(params.activation),
    sigmaW: params.sigma_w,
    sigmaB: params.sigma_b
  })
  const surrogate = referenceSurrogate(params)
  return {
    design,
    surrogate,
    programs: networkPrograms(design, surrogate, params.widths),
    layers: weights.map(({ W, b }): Float64Layer => ({
      weights: matrixFromRows(W, 'W'),
      biases: Float64Array.from(b)
    })),
    inputs: matrixFromRows(X, 'X'),
    trainInputs: matrixFromRows(X.slice(0, params.n_train), 'X'),
    trainTargets: matrixFromRows(y_train, 'y_train')
  }
}
