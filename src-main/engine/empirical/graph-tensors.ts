import type { GraphFunction, GraphValue } from '../training/graph/graph-function'
import { graphOperations } from '../training/graph/graph-operations'
import { attributes } from '../training/graph/protocol-buffers'
import type { KernelOperations, Shaped } from './kernel-operations'

/** A float32 array of a graph function. */
export interface GraphTensor extends GraphValue, Shaped {}

const float = { T: attributes.type('float32') }

/** Writes the operations of empirical kernels into a graph function. */
export function graphTensors(target: GraphFunction): KernelOperations<GraphTensor> {
  const plain = graphOperations(target)
  const shaped = ({ reference }: GraphValue, shape: readonly number[]): GraphTensor => ({
    reference,
    shape
  })
  const integers = (values: readonly number[]) => target.constant('int32', values)
  const reshape = (x: GraphTensor, shape: readonly number[]): GraphTensor =>
    shaped(
      target.node('Reshape', [x, integers(shape)], {
        ...float,
        Tshape: attributes.type('int32')
      }),
      shape
    )
  const unary =
    (apply: (x: GraphValue) => GraphValue) =>
    (x: GraphTensor): GraphTensor =>
      shaped(apply(x), x.shape)
  const withNumber =
    (apply: (x: GraphValue, number: number) => GraphValue) =>
    (x: GraphTensor, number: number): GraphTensor =>
      shaped(apply(x, number), x.shape)
  const binary =
    (apply: (x: GraphValue, y: GraphValue) => GraphValue) =>
    (x: GraphTensor, y: GraphTensor): GraphTensor =>
      shaped(apply(x, y), broadcast(x.shape, y.shape))
  return {
    add: binary((x, y) => plain.add(x, y)),
    multiply: binary((x, y) => plain.multiply(x, y)),
    scale: withNumber((x, factor) => plain.scale(x, factor)),
    shift: withNumber((x, offset) => plain.shift(x, offset)),
    abs: unary((x) => plain.abs(x)),
    reciprocal: unary((x) => plain.reciprocal(x)),
    sign: unary((x) => plain.sign(x)),
    relu: unary((x) => plain.relu(x)),
    minimum: withNumber((x, bound) => plain.minimum(x, bound)),
    maximum: withNumber((x, bound) => plain.maximum(x, bound)),
    exp: unary((x) => plain.exp(x)),
    log: unary((x) => plain.log(x)),
    sqrt: unary((x) => plain.sqrt(x)),
    power: withNumber((x, exponent) => plain.power(x, exponent)),
    cos: unary((x) => plain.cos(x)),
    sin: unary((x) => plain.sin(x)),
    erf: unary((x) => plain.erf(x)),
    tanh: unary((x) => plain.tanh(x)),
    fill: withNumber((like, value) => plain.fill(like, value)),
    product: (x, y, transposed = 'none') => {
      const [members = 0, rows = 0, inner = 0] = x.shape
      const [others = 0, ...sides] = y.shape
      const columns = sides[transposed === 'second' ? 0 : 1] ?? 0
      if (members === 1 && others === 1) {
        // A plain product is faster than a batch of one.
        const flat = [reshape(x, [rows, inner]), reshape(y, sides)]
        const product = target.node('MatMul', flat, {
          ...float,
          transpose_a: attributes.bool(false),
          transpose_b: attributes.bool(transposed === 'second')
        })
        return reshape(shaped(product, [rows, columns]), [1, rows, columns])
      }
      return shaped(plain.product(x, y, transposed), [Math.max(members, others), rows, columns])
    },
    reshape,
    transpose: (x, permutation) =>
      shaped(
        target.node('Transpose', [x, integers(permutation)], {
          ...float,
          Tperm: attributes.type('int32')
        }),
        permutation.map((axis) => x.shape[axis] ?? 0)
      ),
    tile: (x, multiples) =>
      shaped(
        target.node('Tile', [x, integers(multiples)], {
          ...float,
          Tmultiples: attributes.type('int32')
        }),
        x.shape.map((length, axis) => length * (multiples[axis] ?? 1))
      ),
    tensor: (values, shape) =>
      reshape(shaped(target.constant('float32', [...values]), [values.length]), shape),
    scope: (compute) => compute()
  }
}

/** The shape of a sum or product: axes of length 1, and those that are missing in front, stretch. */
function broadcast(x: readonly number[], y: readonly number[]): number[] {
  const axes = Math.max(x.length, y.length)
  return Array.from({ length: axes }, (_, axis) =>
    Math.max(x[axis - axes + x.length] ?? 1, y[axis - axes + y.length] ?? 1)
  )
}
