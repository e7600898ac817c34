import { execFile } from 'node:child_process'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import Table from 'cli-table3'
import type { Benchmark, BenchmarkContext, Measurement, PeerResult } from './benchmark'

/** node run-benchmark.js FILE: runs the built benchmark and prints its table. */
/** A case that has taken this long is not repeated. */
const PATIENCE_MS = 10_000

const run = promisify(execFile)
const peersPython = process.env['TANGENT_PEERS']
const measurements: Measurement[] = []

const context: BenchmarkContext = {
  async measure(call, { repeats = 5, warmUp = 2 } = {}) {
    const times: number[] = []
    const deadline = performance.now() + PATIENCE_MS
    for (let i = 0; i < warmUp + repeats; i++) {
      // Whatever takes that long is not made faster by warming up.
      if (performance.now() > deadline && times.length > 0) break
      const start = performance.now()
      await call()
      times.push(performance.now() - start)
    }
    const counted = times.length > warmUp ? times.slice(warmUp) : times
    return counted.sort((x, y) => x - y)[Math.floor(counted.length / 2)] ?? NaN
  },
  async peer(script, options) {
    if (!peersPython) return null
    const flags = Object.entries(options).map(([name, value]) => `--${name}=${value}`)
    const path = join(process.cwd(), 'tests', 'bench', 'peers', `${script}.py`)
    const { stdout } = await run(peersPython, [path, ...flags])
    const last = stdout.trim().split('\n').at(-1) ?? ''
    return JSON.parse(last) as PeerResult
  },
  report: (measurement) => {
    measurements.push(measurement)
    // Whoever stops a long benchmark keeps what it has found.
    const { name, ours, peer, unit = 'ms' } = measurement
    const beside = peer === null ? '' : `, peer ${peer.toPrecision(4)}`
    process.stderr.write(`${name}: ${ours.toPrecision(4)}${beside} ${unit}\n`)
  }
}

const file = process.argv[2] ?? ''
const { default: benchmark } = (await import(pathToFileURL(file).href)) as { default: Benchmark }
await benchmark.run(context)
process.stdout.write(`\n${benchmark.title} (load ${loadavg()[0]?.toFixed(1) ?? '?'})\n${table()}\n`)

function table(): string {
  const lines = new Table({
    head: ['case', 'lab', 'peer', 'ratio', ''],
    style: { head: [], border: [], compact: true }
  })
  for (const { name, ours, peer, unit = 'ms', higherIsBetter, remark } of measurements) {
    const figure = (value: number): string => `${value.toPrecision(4)} ${unit}`
    const ratio = peer === null ? null : higherIsBetter ? ours / peer : peer / ours
    lines.push([
      name,
      figure(ours),
      peer === null ? '–' : figure(peer),
      ratio === null ? '–' : `${ratio.toFixed(2)}×`,
      remark ?? ''
    ])
  }
  return lines.toString()
}
