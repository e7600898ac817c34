import { availableParallelism, cpus, totalmem } from 'node:os'
import type { Matrix } from '@shared/design/dataset'
import { NativeLinearAlgebra } from '../../src-main/engine/float64/native-linear-algebra'
import { loadTensorFlow, tensorFlowBinding } from '../../src-main/engine/tensorflow'
import type { Benchmark } from './harness/benchmark'

const SIZE = 1500
const COPIED = 2 ** 24

/** What the other tables have to be read against: products of 1500×1500 matrices, and copying. */
const machine: Benchmark = {
  title: [
    `Machine: ${cpus()[0]?.model.trim() ?? 'unknown processor'}`,
    `${availableParallelism()} cores`,
    `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    `Node ${process.versions.node}`
  ].join(', '),
  async run({ measure, report }) {
    const tf = loadTensorFlow()
    const gflop = (2 * SIZE ** 3) / 1e6
    const rate = { peer: null, unit: 'GFLOP/s' }

    const single = tf.fill([SIZE, SIZE], 0.5)
    const float32 = await measure(() => {
      const product = tf.matMul(single, single)
      product.dataSync()
      product.dispose()
    })
    report({ name: 'matrix product, float32', ours: gflop / float32, ...rate })

    const algebra = new NativeLinearAlgebra(tensorFlowBinding(tf))
    const values = new Float64Array(SIZE * SIZE).fill(0.5)
    const double: Matrix = { values, rows: SIZE, columns: SIZE }
    const float64 = await measure(() => algebra.multiply(double, double))
    report({ name: 'matrix product, float64', ours: gflop / float64, ...rate })

    const from = new Float64Array(COPIED).fill(1)
    const to = new Float64Array(COPIED)
    const copy = await measure(() => {
      to.set(from)
    })
    report({ name: 'copy', ours: (2 * 8 * COPIED) / copy / 1e6, peer: null, unit: 'GB/s' })
  }
}
export default machine
