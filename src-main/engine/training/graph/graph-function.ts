import {
  attributes,
  dataType,
  protocolBuffers,
  type AttrValue,
  type DataType,
  type FunctionDef,
  type NodeDef
} from './protocol-buffers'

/** The result of a node, or an argument, of a graph function. */
export interface GraphValue {
  /** How nodes of the same function refer to it. */
  readonly reference: string
}

/** An argument, or a variable of a loop: lengths of −1 are known when the graph runs. */
export interface GraphArgument {
  readonly name: string
  readonly type: DataType
  readonly lengths: readonly number[]
}

/** What TensorFlow calls the first output of the operations that the lab uses. */
const outputNames = {
  Abs: 'y',
  AddV2: 'z',
  BatchMatMulV2: 'output',
  Cast: 'y',
  ConcatV2: 'output',
  Const: 'output',
  Cos: 'y',
  Erf: 'y',
  Exp: 'y',
  Expm1: 'y',
  ExpandDims: 'output',
  GatherV2: 'output',
  IsFinite: 'y',
  Less: 'z',
  Log: 'y',
  LogicalAnd: 'z',
  MatMul: 'product',
  Maximum: 'z',
  Minimum: 'z',
  Mul: 'z',
  OnesLike: 'y',
  Pow: 'z',
  RealDiv: 'z',
  Reciprocal: 'y',
  Relu: 'activations',
  Reshape: 'output',
  Sign: 'y',
  Sin: 'y',
  Softmax: 'softmax',
  Sqrt: 'y',
  Square: 'y',
  Sub: 'z',
  Sum: 'output',
  Tanh: 'y',
  Tile: 'output',
  Transpose: 'y'
} as const
export type Operation = keyof typeof outputNames

/** Writes one function of a graph, node by node. */
export class GraphFunction {
  private readonly nodes: NodeDef[] = []

  constructor(
    readonly name: string,
    private readonly inputs: readonly GraphArgument[]
  ) {}

  /** The function's arguments, in order. */
  get arguments(): GraphValue[] {
    return this.inputs.map(({ name }) => ({ reference: name }))
  }

  /** Adds an operation; `attrs` must name every attribute that has no default. */
  node(
    operation: Operation,
    inputs: readonly GraphValue[],
    attrs: Readonly<Record<string, AttrValue>> = { T: attributes.type('float32') }
  ): GraphValue {
    const name = `n${this.nodes.length}`
    const references = inputs.map(({ reference }) => reference)
    this.nodes.push(nodeDef(name, operation, references, attrs))
    return { reference: `${name}:${outputNames[operation]}:0` }
  }

  constant(type: 'float32' | 'int32', numbers: number | readonly number[]): GraphValue {
    return this.node('Const', [], {
      dtype: attributes.type(type),
      value: attributes.tensor(type, numbers)
    })
  }

  /** The finished function. */
  returning(
    results: readonly { readonly value: GraphValue; readonly type: DataType }[]
  ): FunctionDef {
    const definition = new protocolBuffers.FunctionDef()
    const signature = new protocolBuffers.OpDef()
    signature.setName(this.name)
    signature.setInputArgList(this.inputs.map(({ name, type }) => argument(name, type)))
    signature.setOutputArgList(results.map(({ type }, i) => argument(`out${i}`, type)))
    definition.setSignature(signature)
    definition.setNodeDefList(this.nodes)
    results.forEach(({ value }, i) => definition.getRetMap().set(`out${i}`, value.reference))
    return definition
  }
}

/** One node of a graph or function. */
export function nodeDef(
  name: string,
  operation: string,
  inputs: readonly string[],
  attrs: Readonly<Record<string, AttrValue>>
): NodeDef {
  const node = new protocolBuffers.NodeDef()
  node.setName(name)
  node.setOp(operation)
  node.setInputList(inputs)
  Object.entries(attrs).forEach(([key, value]) => node.getAttrMap().set(key, value))
  return node
}

function argument(name: string, type: DataType) {
  const definition = new protocolBuffers.OpDef.ArgDef()
  definition.setName(name)
  definition.setType(dataType[type])
  return definition
}
