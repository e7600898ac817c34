import type { Tensor } from '@tensorflow/tfjs-node-gpu'
import type { Elementwise } from '@shared/design/elementwise'
import type { TensorFlowModule } from '../tensorflow'

/** Activations and surrogates on float32 tensors. */
export function tensorElementwise(tf: TensorFlowModule): Elementwise<Tensor> {
  return {
    add: (x, y) => tf.add(x, y),
    multiply: (x, y) => tf.mul(x, y),
    scale: (x, factor) => (factor === 1 ? x : tf.mul(x, factor)),
    shift: (x, offset) => (offset === 0 ? x : tf.add(x, offset)),
    abs: (x) => tf.abs(x),
    reciprocal: (x) => tf.reciprocal(x),
    sign: (x) => tf.sign(x),
    relu: (x) => tf.relu(x),
    minimum: (x, bound) => tf.minimum(x, bound),
    maximum: (x, bound) => tf.maximum(x, bound),
    exp: (x) => tf.exp(x),
    log: (x) => tf.log(x),
    sqrt: (x) => tf.sqrt(x),
    power: (x, exponent) => tf.pow(x, exponent),
    cos: (x) => tf.cos(x),
    sin: (x) => tf.sin(x),
    erf: (x) => tf.erf(x),
    tanh: (x) => tf.tanh(x),
    fill: (like, value) => tf.fill(like.shape, value)
  }
}
