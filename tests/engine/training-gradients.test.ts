import type { Optimizer, Scalar, Tensor, Variable } from '@tensorflow/tfjs-node-gpu'
import { expect, test } from 'vitest'
import { activationMath } from '@shared/design/activation'
import { networkDesignSchema } from '@shared/design/network'
import type { Optimiser } from '@shared/design/optimiser'
import { loadTensorFlow } from '../../src-main/engine/tensorflow'
import { startTraining } from '../../src-main/engine/training/start-training'
import { tensorElementwise } from '../../src-main/engine/training/tensor-elementwise'
import type { TrainingSpec } from '../../src-main/engine/training/trainer'
import { drawn, smallTraining, trainTo } from './training-cases'

const tf = loadTensorFlow()
const STEPS = 8
const RATE = 0.02

const rules: { optimiser: Optimiser; theirs: () => Optimizer }[] = [
  { optimiser: { kind: 'gd' }, theirs: () => tf.train.sgd(RATE) },
  {
    optimiser: { kind: 'momentum', beta: 0.7, nesterov: false, batchSize: null },
    theirs: () => tf.train.momentum(RATE, 0.7)
  },
  {
    optimiser: { kind: 'momentum', beta: 0.7, nesterov: true, batchSize: null },
    theirs: () => tf.train.momentum(RATE, 0.7, true)
  },
  {
    optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.99, epsilon: 1e-3, batchSize: null },
    theirs: () => tf.train.adam(RATE, 0.9, 0.99, 1e-3)
  }
]

const designs = [
  { activation: { name: 'erf', m: 0.9 }, depthHidden: 1 },
  { activation: { name: 'tanh' }, depthHidden: 3 },
  { activation: { name: 'relu' }, depthHidden: 2 },
  {
    activation: { name: 'tanh' },
    depthHidden: 2,
    outputScale: 0.6,
    layers: [{ sigmaW: 0.8, activation: { name: 'erf', m: 1.2 } }, { sigmaB: 0.9 }, { sigmaB: 0.1 }]
  }
].map((design) => ({ sigmaW: 1.3, sigmaB: 0.4, ...design }))

const cases = designs.flatMap((design) =>
  rules.flatMap((rule) =>
    (['ntk', 'standard'] as const).flatMap((parametrisation) =>
      (['mse', 'crossEntropy'] as const).map((loss) => {
        const spec = smallTraining({
          design: networkDesignSchema.parse({ ...design, parametrisation }),
          optimiser: rule.optimiser,
          learningRate: RATE,
          lossFactor: loss === 'mse' ? 0.1 : 0.2,
          loss
        })
        const name = `${design.activation.name}, depth ${design.depthHidden}, ${JSON.stringify(rule.optimiser)}, ${parametrisation}, ${loss}`
        return [name, spec, rule.theirs] as const
      })
    )
  )
)

/**
 * Another route to the same parameters: tfjs' automatic derivatives of a loss written as such, moved by
 * its own optimisers, for one network whose W and b are the variables.
 */
test.each(cases)('%s', async (_name, spec, theirs) => {
  const initial = drawn(spec, 1)
  const training = await startTraining(tf, spec)
  const trainer = training.start(initial)
  await trainTo(trainer, STEPS)
  const ours = trainer.parameters().flatMap(({ weights, biases }) => [...weights, ...biases])
  trainer.dispose()
  training.dispose()

  const wanted = byAutomaticDerivatives(spec, theirs())
  expect(ours).toHaveLength(wanted.length)
  wanted.forEach((value, i) => {
    expect(Math.abs(ours[i]! - value)).toBeLessThan(2e-5 * Math.max(1, Math.abs(value)))
  })
})

function byAutomaticDerivatives(spec: TrainingSpec, optimizer: Optimizer): number[] {
  const { design, sizes, data, loss, lossFactor } = spec
  const isNtk = design.parametrisation === 'ntk'
  const scales = sizes.slice(1).map((_, l) => {
    const own = design.layers?.[l] ?? {}
    const output = l === design.depthHidden ? design.outputScale : 1
    return {
      w: (output * (own.sigmaW ?? design.sigmaW)) / Math.sqrt(sizes[l]!),
      b: output * (own.sigmaB ?? design.sigmaB)
    }
  })
  const variables: [Variable, Variable][] = drawn(spec, 1).map(({ weights, biases }, l) => {
    const start = isNtk ? { w: 1, b: 1 } : scales[l]!
    const W = tf.tensor2d(weights, [sizes[l]!, sizes[l + 1]!]).mul(start.w)
    return [tf.variable(W), tf.variable(tf.tensor1d(biases).mul(start.b))]
  })
  const { trainInputs, trainTargets } = data
  const matrix = ({ values, rows, columns }: typeof trainInputs) =>
    tf.tensor2d(Float32Array.from(values), [rows, columns])
  const [X, Y] = [matrix(trainInputs), matrix(trainTargets)]
  const lossOf = (): Scalar => {
    let h: Tensor = X
    variables.forEach(([W, b], l) => {
      const { w, b: s } = isNtk ? scales[l]! : { w: 1, b: 1 }
      h = tf.add(tf.mul(tf.matMul(h, W), w), tf.mul(b, s))
      if (l === design.depthHidden) return
      const activation = design.layers?.[l]?.activation ?? design.activation
      h = activationMath(activation).evaluate<Tensor>(tensorElementwise(tf), h)
    })
    const total =
      loss === 'mse' ? tf.square(h.sub(Y)).sum().mul(0.5) : Y.mul(tf.logSoftmax(h)).sum().neg()
    return total.mul<Scalar>(lossFactor)
  }
  for (let step = 0; step < STEPS; step++) optimizer.minimize(lossOf)
  return variables.flatMap(([W, b]) => [...W.dataSync(), ...b.dataSync()])
}
