import { activationSchema } from '@shared/design/activation'
import { makeDataset } from '@shared/design/dataset'
import { layerSizes, networkDesignSchema } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { finish } from '@shared/theory/stepwise'
import { loadTensorFlow } from '../../src-main/engine/tensorflow'
import { blockSize, stepFlops } from '../../src-main/engine/training/cost'
import { initialParameters } from '../../src-main/engine/training/initial-parameters'
import { startTraining } from '../../src-main/engine/training/start-training'
import type { TrainingSpec } from '../../src-main/engine/training/trainer'
import type { Benchmark, BenchmarkContext } from './harness/benchmark'

const POINTS = 15
const M = 5
const tf = loadTensorFlow()

/** Ensembles of members, width and hidden layers, and how many steps to time. */
const ensembles = [
  { members: 10, width: 500, depth: 2, steps: 50 },
  { members: 10, width: 1000, depth: 2, steps: 20 },
  { members: 100, width: 500, depth: 2, steps: 10 },
  { members: 100, width: 500, depth: 1, steps: 100 },
  { members: 500, width: 100, depth: 2, steps: 20 }
]

/** Steps of whole ensembles against JAX: goal no slower, aim 1.5×. */
const training: Benchmark = {
  title: `A step of gradient descent of an ensemble, float32, ${POINTS} points`,
  async run(context) {
    for (const activation of ['erf', 'sign'] as const) {
      for (const ensemble of ensembles) await againstPeer(context, activation, ensemble)
    }
  }
}
export default training

async function againstPeer(
  { measure, peer, report }: BenchmarkContext,
  activation: 'erf' | 'sign',
  { members, width, depth, steps }: (typeof ensembles)[number]
) {
  const spec = specOf(activation, width, depth)
  const block = blockSize({
    ...{ sizes: spec.sizes, members, trainPoints: POINTS, testPoints: 1 },
    optimiser: spec.optimiser
  })
  const run = await startTraining(tf, spec)
  const trainers = Array.from({ length: Math.ceil(members / block) }, (_, i) => {
    const count = Math.min(block, members - i * block)
    return run.start(finish(initialParameters(spec.sizes, width, 1, i * block, count)))
  })
  const signal = new AbortController().signal
  const time = await measure(
    async () => {
      for (const trainer of trainers) {
        await trainer.advance(trainer.step + steps, signal, () => undefined)
      }
    },
    { warmUp: 4, repeats: 9 }
  )
  trainers.forEach((trainer) => {
    trainer.dispose()
  })
  run.dispose()
  const theirs = await peer('train_ensemble', {
    ...{ members, width, depth, points: POINTS, activation, m: M },
    ...{ steps, chunk: steps, repeats: 9 }
  })
  const ours = time / steps
  const rate = (members * stepFlops(spec.sizes, POINTS)) / ours / 1e6
  report({
    name: `${activation}, ${members} × width ${width}, ${depth} hidden`,
    ours,
    peer: theirs && Number(theirs['ms_per_step']),
    remark: `${rate.toFixed(0)} GFLOP/s, blocks of ${block}`
  })
}

function specOf(activation: 'erf' | 'sign', width: number, depth: number): TrainingSpec {
  const design = networkDesignSchema.parse({
    depthHidden: depth,
    activation: activationSchema.parse(
      activation === 'erf' ? { name: 'erf', m: M } : { name: 'sign' }
    ),
    sigmaW: 1,
    sigmaB: 0.1
  })
  return {
    design,
    surrogate: activation === 'erf' ? null : surrogateSchema.parse({ name: 'erf_prime', m: M }),
    sizes: layerSizes(design, 2, width, 1),
    data: makeDataset({
      kind: 'circle',
      ...{ trainFrom: 'grid', trainCount: POINTS, testCount: 1, seed: 0 }
    }),
    optimiser: { kind: 'gd' },
    loss: 'mse',
    learningRate: 0.1,
    lossFactor: 1 / POINTS,
    seed: 0
  }
}
