import { activationSchema, type Activation } from '@shared/design/activation'
import type { Matrix } from '@shared/design/dataset'
import { networkDesignSchema } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { computeKernels } from '@shared/theory/kernels'
import type { Benchmark, BenchmarkContext } from './harness/benchmark'

const POINTS = 100
const DEPTH = 3
const GOAL_MS = 50
/** Slower first calls are not repeated. */
const PATIENCE_MS = 2000

const activations = [
  { name: 'sign' },
  { name: 'sign', theta: 0.4 },
  { name: 'heaviside', theta: 0.4 },
  { name: 'erf', m: 5 },
  { name: 'erf', m: 5, theta: 0.4 },
  { name: 'tanh' },
  { name: 'tanh', beta: 3, theta: 0.3 },
  { name: 'logistic' },
  { name: 'hard_tanh' },
  { name: 'relu' },
  { name: 'relu', theta: 0.4 },
  { name: 'leaky_relu' },
  { name: 'identity' },
  { name: 'cos' },
  { name: 'gaussian' },
  { name: 'expression', formula: 'exp(-z^2)*cos(3*z)' }
].map((stated) => activationSchema.parse(stated))

const surrogates = [
  { name: 'erf_prime', m: 3 },
  { name: 'ste' },
  { name: 'boxcar', a: 0.5 },
  { name: 'triangular', a: 0.7 },
  { name: 'fast_sigmoid', beta: 3 },
  { name: 'super_spike', alpha: 1, beta: 5 },
  { name: 'logistic_prime', beta: 4 },
  { name: 'tanh_prime', beta: 2 },
  { name: 'hard_tanh_prime', m: 2 },
  { name: 'arctan', kappa: 3 },
  { name: 'exponential', alpha: 1, beta: 2 },
  { name: 'circ', alpha: 0.5 },
  { name: 'q_pseudo_spike', alpha: 2 },
  { name: 'leaky' },
  { name: 'log_tailed' },
  { name: 'log_abs', alpha: 2 },
  { name: 'expression', formula: 'exp(-abs(z))' }
].map((stated) => surrogateSchema.parse(stated))

/** What a live preview of all kernels costs, the first call included. */
const preview: Benchmark = {
  title: `Preview, all kernels, N = ${POINTS}, depth ${DEPTH}, σ_w = 1.5, one thread`,
  async run(context) {
    for (const activation of activations) {
      await previews(context, activation, 'on the circle', spiral(1, 1))
      await previews(context, activation, 'norms 0.2 to 2', spiral(0.2, 2))
    }
  }
}
export default preview

async function previews(
  { measure, report }: BenchmarkContext,
  activation: Activation,
  where: string,
  X: Matrix
) {
  const design = networkDesignSchema.parse({
    depthHidden: DEPTH,
    activation,
    sigmaW: 1.5,
    sigmaB: 0.1
  })
  for (const surrogate of surrogates) {
    const compute = () => computeKernels(design, surrogate, X)
    const start = performance.now()
    compute()
    const first = performance.now() - start
    const again = first < PATIENCE_MS ? await measure(compute) : first
    const goal = Math.max(first, again) < GOAL_MS ? 'within' : 'misses'
    report({
      name: `${JSON.stringify(activation)} + ${surrogate.name}, ${where}`,
      ours: again,
      peer: null,
      remark: `${goal} ${GOAL_MS} ms; first call ${first.toFixed(0)} ms`
    })
  }
}

/** Points at golden angles, their norms spread over a range. */
function spiral(least: number, most: number): Matrix {
  const values = Float64Array.from({ length: 2 * POINTS }, (_, k) => {
    const i = Math.floor(k / 2)
    const angle = 2 * Math.PI * ((i * 0.618034) % 1)
    const norm = least + (most - least) * ((i * 0.7548777) % 1)
    return norm * (k % 2 === 0 ? Math.sin(angle) : Math.cos(angle))
  })
  return { values, rows: POINTS, columns: 2 }
}
