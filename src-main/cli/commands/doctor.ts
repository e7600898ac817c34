import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import type { EngineReport } from '@shared/protocol/results'
import { describeEngine } from '../../engine/describe'
import { NativeLinearAlgebra } from '../../engine/float64/native-linear-algebra'
import { loadTensorFlow, tensorFlowBinding, type TensorFlowModule } from '../../engine/tensorflow'
import { openSession } from '../../session/session'
import { appVersion } from '../../version'
import { exitCodes } from '../failure'
import { writeJson, writeLines } from '../output'

interface Check {
  readonly name: string
  readonly passed: boolean
  readonly detail: string
}

/** tangent doctor */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('say what is installed and which device computes, and try it out')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  tangent doctor')
    .action(({ json }: { json?: boolean }) => {
      const tf = loadTensorFlow()
      const report = describeEngine(tf)
      const checks = [float32Product(tf), float64Product(tf), sessionQuery()]
      if (json) writeJson({ ...report, checks })
      else writeReport(report, checks)
      if (!checks.every(({ passed }) => passed)) process.exitCode = exitCodes.failed
    })
}

function writeReport(report: EngineReport, checks: readonly Check[]): void {
  const lines = [
    ['Tangent Lab', report.appVersion],
    ['device', report.device],
    ['GPU in use', report.gpu ? 'yes' : 'no'],
    ['TensorFlow', `${report.tensorflowVersion}, tfjs backend "${report.backend}"`],
    ['SQLite', report.sqliteVersion],
    [
      'Node',
      report.nodeVersion + (report.electronVersion ? ` in Electron ${report.electronVersion}` : '')
    ],
    ['platform', `${report.platform}, ${(report.memoryBytes / 2 ** 30).toFixed(1)} GiB memory`]
  ]
  writeLines(
    ...lines.map(([key = '', value = '']) => `${key.padEnd(12)} ${value}`),
    ...checks.map(
      ({ name, passed, detail }) => `${passed ? 'ok    ' : 'FAILED'} ${name}: ${detail}`
    )
  )
}

/** A product of two 1000×1000 float32 matrices whose entries are known. */
function float32Product(tf: TensorFlowModule): Check {
  const size = 1000
  const product = (): number =>
    tf.tidy(() => {
      const result = tf.matMul(tf.fill([size, size], 0.5), tf.fill([size, size], 2))
      return tf.max(tf.abs(tf.sub(result, size))).dataSync()[0] ?? NaN
    })
  product()
  const start = performance.now()
  const error = product()
  const seconds = (performance.now() - start) / 1000
  const rate = (2 * size ** 3) / seconds / 1e9
  return {
    name: 'float32 matrix product',
    passed: error === 0,
    detail: `1000×1000 in ${(1000 * seconds).toFixed(1)} ms (${rate.toFixed(0)} GFLOP/s), error ${error}`
  }
}

/** A float64 product that float32 would get wrong. */
function float64Product(tf: TensorFlowModule): Check {
  const algebra = new NativeLinearAlgebra(tensorFlowBinding(tf))
  const small = 2 ** -40
  const row = { values: Float64Array.of(1 + small, -1), rows: 1, columns: 2 }
  const column = { values: Float64Array.of(1, 1), rows: 2, columns: 1 }
  const [value] = algebra.multiply(row, column).values
  return {
    name: 'float64 matrix product',
    passed: value === small,
    detail: `(1 + 2⁻⁴⁰) − 1 = ${value}`
  }
}

/** A session file made, asked and removed. */
function sessionQuery(): Check {
  const folder = mkdtempSync(join(tmpdir(), 'tangent-doctor-'))
  try {
    const session = openSession(join(folder, 'doctor.tangent'), { appVersion })
    const { fileBytes, runCount } = session.summary()
    session.close()
    return {
      name: 'session file',
      passed: runCount === 0,
      detail: `made and queried, ${fileBytes} bytes`
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
