import { rmSync } from 'node:fs'
import type { NamedTensorMap } from '@tensorflow/tfjs-node-gpu'
import type { TensorFlowModule } from '../../tensorflow'
import { GraphFunction, nodeDef, type GraphArgument, type GraphValue } from './graph-function'
import { attributes } from './protocol-buffers'
import { CALL, writeSavedModel, type Graph } from './saved-model'

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

/** Hands a loop to TensorFlow, which then runs all its turns in one call. */
export async function loadLoop(tf: TensorFlowModule, loop: Loop): Promise<LoopModel> {
  const folder = writeSavedModel(graph(loop))
  try {
    const model = await tf.node.loadSavedModel(folder)
    return {
      run: (values) => model.predict(values) as NamedTensorMap,
      dispose: () => {
        model.dispose()
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function graph({ variables, constants, condition, body }: Loop): Graph {
  const all = [...variables, ...constants]
  const types = all.map(({ type }) => type)
  const continues = new GraphFunction('condition', all)
  const turn = new GraphFunction('turn', all)
  const next = [...body(turn, turn.arguments), ...turn.arguments.slice(variables.length)]
  const names = all.map(({ name }) => name)
  return {
    inputs: all,
    functions: [
      continues.returning([{ value: condition(continues, continues.arguments), type: 'bool' }]),
      turn.returning(all.map(({ type }, i) => ({ value: next[i] ?? missing(), type })))
    ],
    call: nodeDef(CALL, 'While', names, {
      T: attributes.types(types),
      cond: attributes.function('condition'),
      body: attributes.function('turn'),
      output_shapes: attributes.shapes(all.map(({ lengths }) => lengths)),
      // One turn at a time: memory is that of one turn, and the order of work is the same every time.
      parallel_iterations: attributes.int(1),
      // As plain control flow, the turns run on the device that the placement of operations chooses.
      _lower_using_switch_merge: attributes.bool(true)
    }),
    outputs: variables
  }
}

function missing(): never {
  throw new RangeError('a turn of the loop gives fewer values than the loop has variables')
}
