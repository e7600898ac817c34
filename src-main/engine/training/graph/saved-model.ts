import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeDef, type GraphArgument } from './graph-function'
import {
  attributes,
  dataType,
  protocolBuffers,
  shape,
  type FunctionDef,
  type NodeDef
} from './protocol-buffers'

/** The version of the graph format, that of TensorFlow 2.9: newer ones read it. */
const GRAPH_VERSION = 1087

/** A graph whose work is done by one node that calls functions. */
export interface Graph {
  /** What is fed, under these names. */
  readonly inputs: readonly GraphArgument[]
  readonly functions: readonly FunctionDef[]
  /** Takes the inputs in order, and gives `outputs` in order. */
  readonly call: NodeDef
  readonly outputs: readonly GraphArgument[]
}

/** The name of a graph's node that does the work: its outputs are CALL:0, CALL:1, … */
export const CALL = 'call'

/**
 * Writes a graph into a new temporary folder, readable by this user alone, which is the caller's to
 * remove: tfjs-node reads graphs from SavedModel folders only.
 */
export function writeSavedModel(graph: Graph): string {
  const folder = mkdtempSync(join(tmpdir(), 'tangent-graph-'))
  try {
    writeFileSync(join(folder, 'saved_model.pb'), savedModel(graph))
  } catch (cause) {
    rmSync(folder, { recursive: true })
    throw cause
  }
  return folder
}

function savedModel(graph: Graph): Uint8Array {
  const model = new protocolBuffers.SavedModel()
  model.setSavedModelSchemaVersion(1)
  const meta = new protocolBuffers.MetaGraphDef()
  const info = new protocolBuffers.MetaGraphDef.MetaInfoDef()
  info.setTagsList(['serve'])
  meta.setMetaInfoDef(info)
  meta.setGraphDef(graphDef(graph))
  meta.getSignatureDefMap().set('serving_default', signature(graph))
  model.setMetaGraphsList([meta])
  return model.serializeBinary()
}

function graphDef({ inputs, functions, call }: Graph) {
  const placeholders = inputs.map(({ name, type, lengths }) =>
    nodeDef(name, 'Placeholder', [], {
      dtype: attributes.type(type),
      shape: attributes.shape(lengths)
    })
  )
  const definition = new protocolBuffers.GraphDef()
  const library = new protocolBuffers.FunctionDefLibrary()
  library.setFunctionList(functions)
  definition.setLibrary(library)
  const versions = new protocolBuffers.VersionDef()
  versions.setProducer(GRAPH_VERSION)
  definition.setVersions(versions)
  definition.setNodeList([...placeholders, call])
  return definition
}

function signature({ inputs, outputs }: Graph) {
  const definition = new protocolBuffers.SignatureDef()
  definition.setMethodName('tensorflow/serving/predict')
  const info = ({ type, lengths }: GraphArgument, node: string) => {
    const message = new protocolBuffers.TensorInfo()
    message.setName(node)
    message.setDtype(dataType[type])
    message.setTensorShape(shape(lengths))
    return message
  }
  for (const argument of inputs) {
    definition.getInputsMap().set(argument.name, info(argument, `${argument.name}:0`))
  }
  outputs.forEach((argument, i) => {
    definition.getOutputsMap().set(argument.name, info(argument, `${CALL}:${i}`))
  })
  return definition
}
