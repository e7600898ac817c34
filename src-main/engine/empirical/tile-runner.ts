import { rmSync } from 'node:fs'
import type { TensorFlowBinding } from '../tensorflow'
import { GraphFunction, nodeDef, type GraphArgument } from '../training/graph/graph-function'
import { attributes } from '../training/graph/protocol-buffers'
import { CALL, writeSavedModel, type Graph } from '../training/graph/saved-model'
import { graphTensors, type GraphTensor } from './graph-tensors'
import { kernelTile, type TileLayout } from './kernel-tile'
import type { NetworkPrograms } from './network-programs'
import { RawTensors, type RawTensor } from './raw-tensors'
import { TensorNetwork, type TensorLayer } from './tensor-network'

/** Which kernels of which networks: the same for every tile. */
export interface TileSetting extends TileLayout {
  readonly programs: NetworkPrograms
}

/** Computes one tile after another; the arguments are those of kernelTile. */
export interface TileRunner {
  run(
    layers: readonly TensorLayer<RawTensor>[],
    first: RawTensor,
    second: RawTensor | null
  ): Float32Array[]
  dispose(): void
}

/** The plain way: operation by operation. */
export function plainTiles(binding: TensorFlowBinding, setting: TileSetting): TileRunner {
  const ops = new RawTensors(binding)
  return {
    run: (layers, first, second) => {
      let tiles: Float32Array[] = []
      ops.scope(() => {
        const network = new TensorNetwork<RawTensor>(ops, setting.programs, layers)
        tiles = kernelTile(ops, network, first, second, setting).map((tensor) => ops.read(tensor))
        return []
      })
      return tiles
    },
    dispose: () => {
      ops.dispose()
    }
  }
}

/**
 * The fast way: the operations of a tile as a graph, one call for all of them. A graph is made where
 * the first tile of some shape comes, in 20 ms or so, and kept.
 */
export function compiledTiles(binding: TensorFlowBinding, setting: TileSetting): TileRunner {
  const graphs = new Map<string, number>()
  const graphOf = (inputs: readonly RawTensor[], shared: boolean): number => {
    const shapes = inputs.map(({ shape }) => shape)
    const key = JSON.stringify([shapes, shared])
    const known = graphs.get(key)
    if (known !== undefined) return known
    const folder = writeSavedModel(tileGraph(setting, shapes, shared))
    try {
      const id = binding.loadSavedModel(folder, 'serve')
      graphs.set(key, id)
      return id
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
  return {
    run: (layers, first, second) => {
      const points = second ? [first, second] : [first]
      const inputs = [...layers.flatMap(({ weights, biases }) => [weights, biases]), ...points]
      const outputs = binding.runSavedModel(
        graphOf(inputs, second === null),
        inputs.map(({ id }) => id),
        inputs.map((_, i) => `${inputName(i)}:0`).join(','),
        setting.kernels.map((_, i) => `${CALL}:${i}`).join(',')
      )
      return outputs.map(({ id }) => {
        const values = new Float32Array(binding.tensorDataSync(id))
        binding.deleteTensor(id)
        return values
      })
    },
    dispose: () => {
      for (const id of graphs.values()) binding.deleteSavedModel(id)
      graphs.clear()
    }
  }
}

/**
 * A tile as a graph of one function.
 *
 * @param shapes of W and b of every layer, of the first points and, unless shared, of the second
 * @param shared the second points are the first again
 */
function tileGraph(
  setting: TileSetting,
  shapes: readonly (readonly number[])[],
  shared: boolean
): Graph {
  const inputs = shapes.map((lengths, i): GraphArgument => ({
    name: inputName(i),
    type: 'float32',
    lengths
  }))
  const target = new GraphFunction('tile', inputs)
  const tensors = target.arguments.map(({ reference }, i): GraphTensor => ({
    reference,
    shape: shapes[i] ?? []
  }))
  const [first, second = null] = tensors.splice(shared ? -1 : -2)
  if (!first) throw new RangeError('a tile has no points')
  const layers = tensors.flatMap((weights, i) => {
    const biases = tensors[i + 1]
    return i % 2 === 0 && biases ? [{ weights, biases }] : []
  })
  const ops = graphTensors(target)
  const network = new TensorNetwork<GraphTensor>(ops, setting.programs, layers)
  const kernels = kernelTile(ops, network, first, second, setting)
  const types = (of: readonly unknown[]) => attributes.types(of.map(() => 'float32' as const))
  return {
    inputs,
    functions: [target.returning(kernels.map((value) => ({ value, type: 'float32' })))],
    call: nodeDef(
      CALL,
      'PartitionedCall',
      inputs.map(({ name }) => name),
      { Tin: types(inputs), Tout: types(kernels), f: attributes.function('tile') }
    ),
    outputs: kernels.map(({ shape }, i) => ({
      name: `kernel${i}`,
      type: 'float32',
      lengths: shape
    }))
  }
}

function inputName(i: number): string {
  return `input${i}`
}
