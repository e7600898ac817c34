import { activationSchema } from '@shared/design/activation'
import type { Matrix } from '@shared/design/dataset'
import { networkDesignSchema } from '@shared/design/network'
import { surrogateSchema, type Surrogate } from '@shared/design/surrogate'
import type { TrainingTime } from '@shared/design/training-time'
import { fillStandardNormal, streamPurpose } from '@shared/random/stream'
import { ensembleMoments } from '@shared/theory/ensemble-moments'
import { predictionKernels, type PredictionKernels } from '@shared/theory/prediction-kernels'
import { stability } from '@shared/theory/stability'
import { finish } from '@shared/theory/stepwise'
import { trainingDynamics } from '@shared/theory/training-dynamics'
import { NativeLinearAlgebra } from '../../src-main/engine/float64/native-linear-algebra'
import { loadTensorFlow, tensorFlowBinding } from '../../src-main/engine/tensorflow'
import type { Benchmark, BenchmarkContext } from './harness/benchmark'

const TRAIN = 1000
const TEST = 100
const DIMENSION = 10

/** Predictions with full covariances from kernels that are known, the goal: below 5 s each. */
const dynamics: Benchmark = {
  title: `Dynamics, float64, ${TRAIN} training and ${TEST} test points`,
  async run(context) {
    await predictions(context, 'NTK of erf', kernelsOf('erf', null))
    await predictions(context, 'SG-NTK of sign', kernelsOf('sign', { name: 'erf_prime', m: 3 }))
  }
}
export default dynamics

async function predictions(
  { measure, report }: BenchmarkContext,
  name: string,
  kernels: PredictionKernels
) {
  const algebra = new NativeLinearAlgebra(tensorFlowBinding(loadTensorFlow()))
  const targets = gaussianMatrix(TRAIN, 1)
  const { maximumStepSize } = stability(kernels.trainTrain, algebra)
  const eta = maximumStepSize / 2
  const times: Record<string, TrainingTime> = {
    'flow to its end': { kind: 'flow', t: Infinity, eta },
    'flow, t = 1000': { kind: 'flow', t: 1000, eta },
    '1000 steps': { kind: 'steps', k: 1000, eta }
  }
  const once = { repeats: 3, warmUp: 1 }
  for (const [moment, time] of Object.entries(times)) {
    const ours = await measure(() => {
      const training = trainingDynamics(kernels.trainTrain, 0, algebra)
      const propagator = finish(training.at(time, kernels.testTrain))
      return ensembleMoments(kernels, targets, propagator, algebra)
    }, once)
    const remark = ours < 5000 ? 'within 5 s' : 'misses 5 s'
    report({ name: `${name}, ${moment}`, ours, peer: null, remark })
  }
  const eigenvalues = await measure(() => stability(kernels.trainTrain, algebra), {
    repeats: 1,
    warmUp: 0
  })
  report({ name: `${name}, eigenvalues`, ours: eigenvalues, peer: null, remark: 'one native call' })
}

function kernelsOf(name: string, surrogate: object | null): PredictionKernels {
  const design = networkDesignSchema.parse({
    depthHidden: 2,
    activation: activationSchema.parse(name === 'erf' ? { name, m: 5 } : { name }),
    sigmaW: 1.5,
    sigmaB: 0.1
  })
  const psi: Surrogate | null = surrogate && surrogateSchema.parse(surrogate)
  const [trainInputs, testInputs] = [
    gaussianMatrix(TRAIN, DIMENSION),
    gaussianMatrix(TEST, DIMENSION, 2)
  ]
  return finish(predictionKernels(design, psi, { trainInputs, testInputs }))
}

function gaussianMatrix(rows: number, columns: number, seed = 1): Matrix {
  const values = new Float32Array(rows * columns)
  fillStandardNormal({ seed, purpose: streamPurpose.weights }, values)
  return { values: Float64Array.from(values), rows, columns }
}
