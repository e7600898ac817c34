import { networkDesignSchema, type NetworkDesign } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { finish } from '@shared/theory/stepwise'
import { kernelTile, type KernelName } from '../../src-main/engine/empirical/kernel-tile'
import { networkPrograms } from '../../src-main/engine/empirical/network-programs'
import { RawTensors } from '../../src-main/engine/empirical/raw-tensors'
import { tensorKernels } from '../../src-main/engine/empirical/tensor-kernels'
import { TensorNetwork } from '../../src-main/engine/empirical/tensor-network'
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
  const ops = new RawTensors(tensorFlowBinding(loadTensorFlow()))
  const parameters = blockParameters([randomLayers(sizes, 1)])
  const network = new TensorNetwork(ops, programs, sizes, 1, parameters)
  const time = (kernels: KernelName[]) =>
    measure(
      () =>
        kernelTile(ops, network, first, {
          ...{ second: null, diagonal: false, outputs: 'traced', kernels }
        }),
      often
    )
  const ours = await time(['ntk'])
  const theirs = await peer('empirical_kernel', {
    ...{ points: POINTS, dim: DIMENSION, width, depth: 2, repeats: 51 }
  })
  const structured = theirs && Number(theirs['structured_ms'])
  report({ name: `NTK, width ${width}`, ours, peer: structured, remark: 'goal 1×' })
  const both = await time(['ntk', 'sgNtk'])
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
  const ours = await measure(() =>
    finish(
      tensorKernels(tf, {
        ...{ programs, sizes, members, parameters, first, second: null },
        ...{ outputs: 'traced', kernels: ['ntk'] }
      })
    )
  )
  report({ name: `NTK of ${members} networks, width ${width}`, ours, peer: null })
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
