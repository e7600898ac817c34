import type { Tensor } from '@tensorflow/tfjs-node-gpu'
import type { TensorFlowModule } from '../tensorflow'
import { tensorElementwise } from './tensor-elementwise'
import type { TensorOperations } from './tensor-operations'

/** Runs every operation at once, on float32 tensors that belong to the caller's tf.tidy. */
export function eagerOperations(tf: TensorFlowModule): TensorOperations<Tensor> {
  return {
    ...tensorElementwise(tf),
    subtract: (x, y) => tf.sub(x, y),
    divide: (x, y) => tf.div(x, y),
    expm1: (x) => tf.expm1(x),
    product: (x, y, transposed) => tf.matMul(x, y, transposed === 'first', transposed === 'second'),
    joinRows: (x, y) => tf.concat([x, y], 1),
    sumRows: (x) => tf.sum(x, 1, true),
    softmax: (x) => tf.softmax(x)
  }
}
