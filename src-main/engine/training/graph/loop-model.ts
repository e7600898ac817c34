import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NamedTensorMap } from '@tensorflow/tfjs-node-gpu'
import type { TensorFlowModule } from '../../tensorflow'
import { GraphFunction, nodeDef, type GraphArgument, type GraphValue } from './graph-function'
import { attributes, dataType, protocolBuffers, shape } from './protocol-buffers'

/** The version of the graph format, that of TensorFlow 2.9: newer ones read it. */
const GRAPH_VERSION = 1087

/** A loop as a graph: `variables` change from turn to turn, `constants` do not. */
export interface Loop {
  readonly variables: readonly GraphArgument[]
  readonly constants: readonly GraphArgument[]
  /** A boolean: whether another turn follows. */
  readonly condition: (target: GraphFunction, values: readonly GraphValue[]) => GraphValue
  /** The variables' values after a turn; it is given variables, then constants. */
  readonly body: (target: GraphFunction, values: readonly GraphValue[]) => readonly GraphValue[]
}

/** A graph in TensorFlow's session, ready to run. */
export interface LoopModel {
  /** Runs the loop from the given variables; gives those at its end, by name. */
  run(values: NamedTensorMap): NamedTensorMap
  dispose(): void
}

/**
 * Hands a loop to TensorFlow, which then runs all its turns in one call.
 *
 * tfjs-node reads graphs from SavedModel folders only: the loop is written into a temporary one
 * (readable by this user alone), loaded, and the folder removed.
 */
export async function loadLoop(tf: TensorFlowModule, loop: Loop): Promise<LoopModel> {
  const folder = await mkdtemp(join(tmpdir(), 'tangent-graph-'))
  try {
    await writeFile(join(folder, 'saved_model.pb'), savedModel(loop))
    const model = await tf.node.loadSavedModel(folder)
    return {
      run: (values) => model.predict(values) as NamedTensorMap,
      dispose: () => {
        model.dispose()
      }
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function savedModel(loop: Loop): Uint8Array {
  const model = new protocolBuffers.SavedModel()
  model.setSavedModelSchemaVersion(1)
  const meta = new protocolBuffers.MetaGraphDef()
  const info = new protocolBuffers.MetaGraphDef.MetaInfoDef()
  info.setTagsList(['serve'])
  meta.setMetaInfoDef(info)
  meta.setGraphDef(graph(loop))
  meta.getSignatureDefMap().set('serving_default', signature(loop))
  model.setMetaGraphsList([meta])
  return model.serializeBinary()
}

function graph({ variables, constants, condition, body }: Loop) {
  const all = [...variables, ...constants]
  const types = all.map(({ type }) => type)
  const continues = new GraphFunction('condition', all)
  const turn = new GraphFunction('turn', all)
  const next = [...body(turn, turn.arguments), ...turn.arguments.slice(variables.length)]
  const functions = [
    continues.returning([{ value: condition(continues, continues.arguments), type: 'bool' }]),
    turn.returning(all.map(({ type }, i) => ({ value: next[i] ?? missing(), type })))
  ]
  const placeholders = all.map(({ name, type, lengths }) =>
    nodeDef(name, 'Placeholder', [], {
      dtype: attributes.type(type),
      shape: attributes.shape(lengths)
    })
  )
  const names = all.map(({ name }) => name)
  const loop = nodeDef('loop', 'While', names, {
    T: attributes.types(types),
    cond: attributes.function('condition'),
    body: attributes.function('turn'),
    output_shapes: attributes.shapes(all.map(({ lengths }) => lengths)),
    // One turn at a time: memory is that of one turn, and the order of work is the same every time.
    parallel_iterations: attributes.int(1),
    // As plain control flow, the turns run on the device that the placement of operations chooses.
    _lower_using_switch_merge: attributes.bool(true)
  })
  const definition = new protocolBuffers.GraphDef()
  const library = new protocolBuffers.FunctionDefLibrary()
  library.setFunctionList(functions)
  definition.setLibrary(library)
  const versions = new protocolBuffers.VersionDef()
  versions.setProducer(GRAPH_VERSION)
  definition.setVersions(versions)
  definition.setNodeList([...placeholders, loop])
  return definition
}

function signature({ variables, constants }: Loop) {
  const definition = new protocolBuffers.SignatureDef()
  definition.setMethodName('tensorflow/serving/predict')
  const info = ({ type, lengths }: GraphArgument, node: string) => {
    const message = new protocolBuffers.TensorInfo()
    message.setName(node)
    message.setDtype(dataType[type])
    message.setTensorShape(shape(lengths))
    return message
  }
  for (const argument of [...variables, ...constants]) {
    definition.getInputsMap().set(argument.name, info(argument, `${argument.name}:0`))
  }
  variables.forEach((argument, i) => {
    definition.getOutputsMap().set(argument.name, info(argument, `loop:${i}`))
  })
  return definition
}

function missing(): never {
  throw new RangeError('a turn of the loop gives fewer values than the loop has variables')
}
