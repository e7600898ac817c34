import { activationSchema, type Activation } from '@shared/design/activation'
import type { Matrix } from '@shared/design/dataset'
import type { NetworkDesign } from '@shared/design/network'
import { surrogateSchema, type Surrogate } from '@shared/design/surrogate'
import { fillStandardNormal, streamPurpose } from '@shared/random/stream'
import { computeKernels } from '@shared/theory/kernels'
import { KernelPool } from '../../src-main/engine/kernels/kernel-pool'
import type { Benchmark, BenchmarkContext } from './harness/benchmark'

const DIMENSION = 10
const DEPTH = 3
const never = new AbortController().signal
const pool = new KernelPool()
const sign = activationSchema.parse({ name: 'sign' })

/** One instance of every surrogate, of about equal width. */
const surrogates: readonly Surrogate[] = [
  { name: 'erf_prime', m: 3 },
  { name: 'ste' },
  { name: 'boxcar', a: 0.5, amp: 1 },
  { name: 'triangular', a: 0.7 },
  { name: 'fast_sigmoid', beta: 3 },
  { name: 'logistic_prime', beta: 4 },
  { name: 'arctan', kappa: 3, amp: 1 },
  { name: 'exponential', alpha: 1, beta: 2 }
].map((surrogate) => surrogateSchema.parse(surrogate))

const previewed: readonly Activation[] = [
  { name: 'sign' },
  { name: 'sign', theta: 0.4 },
  { name: 'heaviside', theta: 0.4 },
  { name: 'erf', m: 5 },
  { name: 'relu' },
  { name: 'identity' },
  { name: 'tanh' }
].map((activation) => activationSchema.parse(activation))

const onCircle: readonly Activation[] = [
  { name: 'tanh' },
  { name: 'logistic' },
  { name: 'hard_tanh' },
  { name: 'relu', theta: 0.4 },
  { name: 'leaky_relu', theta: 0.4 },
  { name: 'sign', theta: 0.4 },
  { name: 'heaviside', theta: 0.4 },
  { name: 'erf', m: 5, theta: 0.4 },
  { name: 'cos' },
  { name: 'gaussian' },
  { name: 'expression', formula: 'exp(-z^2)*cos(3*z)' }
].map((activation) => activationSchema.parse(activation))

/** Analytic kernels: NNGP and NTK against neural-tangents, SG-NTKs, and what a preview costs. */
const kernels: Benchmark = {
  title: `Analytic kernels, float64, depth ${DEPTH}, inputs of dimension ${DIMENSION}`,
  async run(context) {
    for (const points of [1000, 2000]) await againstPeer(context, points)
    await surrogateGradient(context, 1000)
    await preview(context, 100)
    await circlePreview(context, 100)
  }
}
export default kernels

/** Goal: at least 2×. */
async function againstPeer({ measure, peer, report }: BenchmarkContext, points: number) {
  const X = gaussianPoints(points)
  const compared = [
    { name: 'erf', m: 5, theta: 0 },
    { name: 'relu', theta: 0 }
  ] as const
  for (const activation of compared) {
    const network = design(activation)
    const alone = await measure(() => computeKernels(network, null, X))
    const options = { points, dim: DIMENSION, depth: DEPTH, activation: activation.name }
    const theirs = await peer('analytic_kernel', options)
    const together = await measure(() => pool.compute(network, null, X, null, never))
    const reported = { peer: theirs && Number(theirs['ms']), remark: 'goal 2×' }
    const name = `${activation.name}, NNGP and NTK, N = ${points}`
    report({ name: `${name}, all cores`, ours: together, ...reported })
    report({ name: `${name}, one thread`, ours: alone, ...reported })
  }
}

/** Goal: no slower than the peer's erf network, which has no SG-NTK. */
async function surrogateGradient({ measure, peer, report }: BenchmarkContext, points: number) {
  const X = gaussianPoints(points)
  const options = { points, dim: DIMENSION, depth: DEPTH, activation: 'erf' }
  const theirs = await peer('analytic_kernel', options)
  for (const surrogate of surrogates) {
    const network = design(sign)
    const ours = await measure(() => pool.compute(network, surrogate, X, null, never))
    report({
      name: `sign + ${surrogate.name}, NNGP, NTK and SG-NTK, N = ${points}, all cores`,
      ours,
      peer: theirs && Number(theirs['ms']),
      remark: 'goal 1×, peer: erf NNGP and NTK'
    })
  }
}

/** Goal: below 50 ms. */
async function preview({ measure, report }: BenchmarkContext, points: number) {
  const X = gaussianPoints(points)
  const psi = surrogateSchema.parse({ name: 'fast_sigmoid', beta: 3 })
  for (const activation of previewed) {
    const ours = await measure(() => computeKernels(design(activation), psi, X))
    const shift = 'theta' in activation && activation.theta !== 0 ? `(θ = ${activation.theta})` : ''
    report({
      name: `preview of ${activation.name}${shift} + fast_sigmoid, N = ${points}`,
      ours,
      peer: null,
      remark: ours < 50 ? 'within 50 ms' : 'misses 50 ms'
    })
  }
}

/** Goal: below 50 ms after a first call, which fills the tables (theory/kernels/layer-tables.ts). */
async function circlePreview({ measure, report }: BenchmarkContext, points: number) {
  const X = circlePoints(points)
  const psi = surrogateSchema.parse({ name: 'erf_prime', m: 3 })
  for (const activation of onCircle) {
    const network = design(activation)
    const start = performance.now()
    computeKernels(network, psi, X)
    const first = performance.now() - start
    const ours = await measure(() => computeKernels(network, psi, X))
    report({
      name: `preview on the circle of ${JSON.stringify(activation)} + erf_prime, N = ${points}`,
      ours,
      peer: null,
      remark: `${ours < 50 ? 'within' : 'misses'} 50 ms; first call ${first.toFixed(0)} ms`
    })
  }
}

function design(activation: Activation): NetworkDesign {
  return {
    depthHidden: DEPTH,
    activation,
    sigmaW: 1.5,
    sigmaB: 0.1,
    outputScale: 1,
    parametrisation: 'ntk'
  }
}

function gaussianPoints(rows: number): Matrix {
  const values = new Float32Array(rows * DIMENSION)
  fillStandardNormal({ seed: 1, purpose: streamPurpose.weights }, values)
  return { values: Float64Array.from(values), rows, columns: DIMENSION }
}

function circlePoints(rows: number): Matrix {
  const values = Float64Array.from({ length: 2 * rows }, (_, k) => {
    const angle = 2 * Math.PI * ((Math.floor(k / 2) * 0.618034) % 1)
    return k % 2 === 0 ? Math.sin(angle) : Math.cos(angle)
  })
  return { values, rows, columns: 2 }
}
