import type { TensorOperations } from '../tensor-operations'
import type { GraphFunction, GraphValue, Operation } from './graph-function'
import { attributes } from './protocol-buffers'

/** Writes every operation into a graph function, to be run in float32 when the graph runs. */
export function graphOperations(target: GraphFunction): TensorOperations<GraphValue> {
  const unary = (operation: Operation) => (x: GraphValue) => target.node(operation, [x])
  const binary = (operation: Operation) => (x: GraphValue, y: GraphValue) =>
    target.node(operation, [x, y])
  const withNumber = (operation: Operation) => (x: GraphValue, number: number) =>
    target.node(operation, [x, target.constant('float32', number)])
  const [scale, shift] = [withNumber('Mul'), withNumber('AddV2')]
  return {
    add: binary('AddV2'),
    subtract: binary('Sub'),
    multiply: binary('Mul'),
    divide: binary('RealDiv'),
    scale: (x, factor) => (factor === 1 ? x : scale(x, factor)),
    shift: (x, offset) => (offset === 0 ? x : shift(x, offset)),
    abs: unary('Abs'),
    reciprocal: unary('Reciprocal'),
    sign: unary('Sign'),
    relu: unary('Relu'),
    minimum: withNumber('Minimum'),
    maximum: withNumber('Maximum'),
    exp: unary('Exp'),
    expm1: unary('Expm1'),
    log: unary('Log'),
    sqrt: unary('Sqrt'),
    power: withNumber('Pow'),
    cos: unary('Cos'),
    sin: unary('Sin'),
    erf: unary('Erf'),
    tanh: unary('Tanh'),
    fill: (like, value) => scale(target.node('OnesLike', [like]), value),
    product: (x, y, transposed) =>
      target.node('BatchMatMulV2', [x, y], {
        T: attributes.type('float32'),
        adj_x: attributes.bool(transposed === 'first'),
        adj_y: attributes.bool(transposed === 'second')
      }),
    joinRows: (x, y) =>
      target.node('ConcatV2', [x, y, target.constant('int32', 1)], {
        T: attributes.type('float32'),
        Tidx: attributes.type('int32'),
        N: attributes.int(2)
      }),
    sumRows: (x) =>
      target.node('Sum', [x, target.constant('int32', [1])], {
        T: attributes.type('float32'),
        Tidx: attributes.type('int32'),
        keep_dims: attributes.bool(true)
      }),
    softmax: unary('Softmax')
  }
}
