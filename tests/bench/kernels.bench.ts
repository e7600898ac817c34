import { activationSchema } from '@shared/design/activation'
import { surrogateSchema, type Surrogate } from '@shared/design/surrogate'
import { computeKernels } from '@shared/theory/kernels'
import { KernelPool } from '../../src-main/engine/kernels/kernel-pool'
import type { Benchmark, BenchmarkContext } from './harness/benchmark'
import { DEPTH, DIMENSION, gaussianPoints, kernelDesign } from './harness/kernel-inputs'

/** Calls until code is compiled and threads have started, as the peer's first call is not counted. */
const warm = { warmUp: 8, repeats: 9 }
const once = { warmUp: 0, repeats: 1 }
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

/** Analytic kernels: NNGP and NTK against neural-tangents, and SG-NTKs. */
const kernels: Benchmark = {
  title: `Analytic kernels, float64, depth ${DEPTH}, inputs of dimension ${DIMENSION}`,
  async run(context) {
    for (const points of [1000, 2000]) await againstPeer(context, points)
    await surrogateGradient(context, 1000)
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
    const network = kernelDesign(activation)
    const alone = await measure(() => computeKernels(network, null, X), warm)
    const options = { points, dim: DIMENSION, depth: DEPTH, activation: activation.name }
    const theirs = await peer('analytic_kernel', options)
    const inPool = () => pool.compute(network, null, X, null, never)
    const first = await measure(inPool, once)
    const together = await measure(inPool, warm)
    const reported = {
      peer: theirs && Number(theirs['ms']),
      remark: `goal 2×; first call on all cores ${first.toFixed(0)} ms`
    }
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
    const network = kernelDesign(sign)
    const inPool = () => pool.compute(network, surrogate, X, null, never)
    const first = await measure(inPool, once)
    const ours = await measure(inPool, warm)
    report({
      name: `sign + ${surrogate.name}, NNGP, NTK and SG-NTK, N = ${points}, all cores`,
      ours,
      peer: theirs && Number(theirs['ms']),
      remark: `goal 1×, peer: erf NNGP and NTK; first call ${first.toFixed(0)} ms`
    })
  }
}
