import { createRequire } from 'node:module'

/** The numbers of TensorFlow's data types. */
export const dataType = { float32: 1, int32: 3, bool: 10 } as const
export type DataType = keyof typeof dataType

/** A map field of a message. */
interface MessageMap<Value> {
  set(key: string, value: Value): unknown
}

interface Shape {
  setDimList(dimensions: readonly unknown[]): void
  setUnknownRank(isUnknown: boolean): void
}

interface ListValue {
  setTypeList(types: readonly number[]): void
  setShapeList(shapes: readonly Shape[]): void
}

export interface AttrValue {
  setType(type: number): void
  setShape(shape: Shape): void
  setB(value: boolean): void
  setI(value: number): void
  setFunc(value: NameAttrList): void
  setList(value: ListValue): void
  setTensor(value: TensorMessage): void
}

interface NameAttrList {
  setName(name: string): void
}

interface TensorMessage {
  setDtype(type: number): void
  setTensorShape(shape: Shape): void
  setFloatValList(values: readonly number[]): void
  setIntValList(values: readonly number[]): void
}

export interface NodeDef {
  setName(name: string): void
  setOp(name: string): void
  setInputList(inputs: readonly string[]): void
  getAttrMap(): MessageMap<AttrValue>
}

interface ArgDef {
  setName(name: string): void
  setType(type: number): void
}

interface OpDef {
  setName(name: string): void
  setInputArgList(args: readonly ArgDef[]): void
  setOutputArgList(args: readonly ArgDef[]): void
}

export interface FunctionDef {
  setSignature(signature: OpDef): void
  setNodeDefList(nodes: readonly NodeDef[]): void
  getRetMap(): MessageMap<string>
}

interface TensorInfo {
  setName(name: string): void
  setDtype(type: number): void
  setTensorShape(shape: Shape): void
}

interface SignatureDef {
  getInputsMap(): MessageMap<TensorInfo>
  getOutputsMap(): MessageMap<TensorInfo>
  setMethodName(name: string): void
}

interface GraphDef {
  setNodeList(nodes: readonly NodeDef[]): void
  setLibrary(library: { setFunctionList(functions: readonly FunctionDef[]): void }): void
  setVersions(versions: { setProducer(version: number): void }): void
}

interface MetaGraphDef {
  setMetaInfoDef(info: { setTagsList(tags: readonly string[]): void }): void
  setGraphDef(graph: GraphDef): void
  getSignatureDefMap(): MessageMap<SignatureDef>
}

interface SavedModel {
  setSavedModelSchemaVersion(version: number): void
  setMetaGraphsList(graphs: readonly MetaGraphDef[]): void
  serializeBinary(): Uint8Array
}

/** The messages of TensorFlow's graph format that the lab writes, as tfjs-node carries them. */
interface ProtocolBuffers {
  readonly AttrValue: (new () => AttrValue) & { readonly ListValue: new () => ListValue }
  readonly FunctionDef: new () => FunctionDef
  readonly FunctionDefLibrary: new () => Parameters<GraphDef['setLibrary']>[0]
  readonly GraphDef: new () => GraphDef
  readonly MetaGraphDef: (new () => MetaGraphDef) & {
    readonly MetaInfoDef: new () => Parameters<MetaGraphDef['setMetaInfoDef']>[0]
  }
  readonly NameAttrList: new () => NameAttrList
  readonly NodeDef: new () => NodeDef
  readonly OpDef: (new () => OpDef) & { readonly ArgDef: new () => ArgDef }
  readonly SavedModel: new () => SavedModel
  readonly SignatureDef: new () => SignatureDef
  readonly Tensor: new () => TensorMessage
  readonly TensorInfo: new () => TensorInfo
  readonly TensorShape: (new () => Shape) & {
    readonly Dim: new () => { setSize(size: number): void }
  }
  readonly VersionDef: new () => Parameters<GraphDef['setVersions']>[0]
}

const require = createRequire(import.meta.url)
export const protocolBuffers =
  require('@tensorflow/tfjs-node-gpu/dist/proto/api_pb.js') as ProtocolBuffers

/** A shape of known lengths; −1 for one that is known when the graph runs. */
export function shape(lengths: readonly number[]): Shape {
  const message = new protocolBuffers.TensorShape()
  message.setDimList(
    lengths.map((length) => {
      const dimension = new protocolBuffers.TensorShape.Dim()
      dimension.setSize(length)
      return dimension
    })
  )
  return message
}

function attribute(fill: (value: AttrValue) => void): AttrValue {
  const value = new protocolBuffers.AttrValue()
  fill(value)
  return value
}

/** Attributes of nodes. */
export const attributes = {
  type: (type: DataType) =>
    attribute((value) => {
      value.setType(dataType[type])
    }),
  bool: (is: boolean) =>
    attribute((value) => {
      value.setB(is)
    }),
  int: (number: number) =>
    attribute((value) => {
      value.setI(number)
    }),
  shape: (lengths: readonly number[]) =>
    attribute((value) => {
      value.setShape(shape(lengths))
    }),
  function: (name: string) =>
    attribute((value) => {
      const reference = new protocolBuffers.NameAttrList()
      reference.setName(name)
      value.setFunc(reference)
    }),
  types: (types: readonly DataType[]) =>
    attribute((value) => {
      const list = new protocolBuffers.AttrValue.ListValue()
      list.setTypeList(types.map((type) => dataType[type]))
      value.setList(list)
    }),
  shapes: (shapes: readonly (readonly number[])[]) =>
    attribute((value) => {
      const list = new protocolBuffers.AttrValue.ListValue()
      list.setShapeList(shapes.map(shape))
      value.setList(list)
    }),
  /** A number, or a list of numbers, of type float32 or int32. */
  tensor: (type: 'float32' | 'int32', numbers: number | readonly number[]) =>
    attribute((value) => {
      const tensor = new protocolBuffers.Tensor()
      tensor.setDtype(dataType[type])
      tensor.setTensorShape(shape(typeof numbers === 'number' ? [] : [numbers.length]))
      const list = typeof numbers === 'number' ? [numbers] : numbers
      if (type === 'int32') tensor.setIntValList(list)
      else tensor.setFloatValList(list)
      value.setTensor(tensor)
    })
}
