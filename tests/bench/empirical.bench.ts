import { networkDesignSchema, type NetworkDesign } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { finish } from '@shared/theory/stepwise'
import type { KernelName } from '../../src-main/engine/empirical/kernel-tile'
import { networkPrograms } from '../../src-main/engine/empirical/network-programs'
import { RawTensors } from '../../src-main/engine/empirical/raw-tensors'
import {
  tensorKernels,
  type EmpiricalKernelRequest
} from '../../src-main/engine/empirical/tensor-kernels'
import { tensorLayers } from '../../src-main/engine/empirical/tensor-network'
import { compiledTiles, plainTiles } from '../../src-main/engine/empirical/tile-runner'
import { loadTensorFlow, tensorFlowBinding } from '../../src-main/engine/tensorflow'
import { blockParameters, randomLayers } from '../support/random-network'
import type { Benchmark, BenchmarkContext } from './harness/benchmark'

const POINTS = 100
const DIMENSION = 2
const often = { repeats: 51, warmUp: 10 }

/** Empirical kernels in float32 against neural-tangents' fastest way, structured derivatives. */
const empirical: Benchmark = {
  title: `Empirical kernels, float32, ${POINTS} points, two hidden layers of erf_5`,
  async run(context) {
    for (const width of [500, 1000]) await oneNetwork(context, width)
    await ensemble(context, 500, 10)
  }
}
export default empirical

/** Goal: 1×. Parameters are on the device already, as the peer's are. */
async function oneNetwork({ measure, peer, report }: BenchmarkContext, width: number) {
  const { programs, sizes, first } = setting(width)
  const binding = tensorFlowBinding(loadTensorFlow())
  const ops = new RawTensors(binding)
  const layers = tensorLayers(ops, programs, sizes, 1, blockParameters([randomLayers(sizes, 1)]))
  const points = ops.tensor(Float32Array.from(first.values), [1, POINTS, DIMENSION])
  const time = async (way: typeof compiledTiles, kernels: KernelName[]) => {
    const tiles = way(binding, { programs, diagonal: false, outputs: 'traced', kernels })
    const ms = await measure(() => tiles.run(layers, points, null), often)
    tiles.dispose()
    return ms
  }
  const ours = await time(compiledTiles, ['ntk'])
  const theirs = await peer('empirical_kernel', {
    ...{ points: POINTS, dim: DIMENSION, width, depth: 2, repeats: 51 }
  })
  const structured = theirs && Number(theirs['structured_ms'])
  report({ name: `NTK, width ${width}`, ours, peer: structured, remark: 'goal 1×' })
  const plain = await time(plainTiles, ['ntk'])
  report({ name: `NTK, width ${width}`, ours: plain, peer: null, remark: 'operation by operation' })
  const both = await time(compiledTiles, ['ntk', 'sgNtk'])
  report({ name: `NTK and SG-NTK, width ${width}`, ours: both, peer: null })
  ops.dispose()
}

/** From parameters in host memory, as a run computes them. */
async function ensemble({ measure, report }: BenchmarkContext, width: number, members: number) {
  const tf = loadTensorFlow()
  const { programs, sizes, first } = setting(width)
  const parameters = blockParameters(
    Array.from({ length: members }, (_, member) => randomLayers(sizes, 1, member))
  )
  const request: EmpiricalKernelRequest = {
    ...{ programs, sizes, members, parameters, first, second: null },
    ...{ outputs: 'traced', kernels: ['ntk'] }
  }
  const name = `NTK of ${members} networks, width ${width}`
  const tiles = compiledTiles(tensorFlowBinding(tf), { ...request, diagonal: false })
  const ours = await measure(() => finish(tensorKernels(tf, request, tiles)), often)
  tiles.dispose()
  report({ name, ours, peer: null, remark: 'from host memory' })
  const once = await measure(() => finish(tensorKernels(tf, request)), often)
  report({ name, ours: once, peer: null, remark: 'operation by operation' })
}

function setting(width: number) {
  const design: NetworkDesign = networkDesignSchema.parse({
    ...{ depthHidden: 2, activation: { name: 'erf', m: 5 }, sigmaW: 1, sigmaB: 0.1 }
  })
  const surrogate = surrogateSchema.parse({ name: 'erf_prime', m: 2 })
  const sizes = [DIMENSION, width, width, 1]
  const [points] = randomLayers([DIMENSION, POINTS], 3)
  if (!points) throw new RangeError('no points were drawn')
  return { programs: networkPrograms(design, surrogate, sizes), sizes, first: points.weights }
}
