import { activationSchema, type Activation } from '@shared/design/activation'
import type { Matrix } from '@shared/design/dataset'
import { surrogateSchema } from '@shared/design/surrogate'
import { computeKernels } from '@shared/theory/kernels'
import type { Benchmark, BenchmarkContext } from './harness/benchmark'
import { DEPTH, gaussianPoints, kernelDesign } from './harness/kernel-inputs'

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

/** What a preview while designing costs: all kernels of a hundred points. */
const previews: Benchmark = {
  title: `Previews of kernels in one thread, float64, depth ${DEPTH}`,
  async run(context) {
    await preview(context, 100)
    await circlePreview(context, 100)
  }
}
export default previews

/** Goal: below 50 ms. */
async function preview({ measure, report }: BenchmarkContext, points: number) {
  const X = gaussianPoints(points)
  const psi = surrogateSchema.parse({ name: 'fast_sigmoid', beta: 3 })
  for (const activation of previewed) {
    const ours = await measure(() => computeKernels(kernelDesign(activation), psi, X))
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
    const network = kernelDesign(activation)
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

function circlePoints(rows: number): Matrix {
  const values = Float64Array.from({ length: 2 * rows }, (_, k) => {
    const angle = 2 * Math.PI * ((Math.floor(k / 2) * 0.618034) % 1)
    return k % 2 === 0 ? Math.sin(angle) : Math.cos(angle)
  })
  return { values, rows, columns: 2 }
}
