import { execFile } from 'node:child_process'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import Table from 'cli-table3'
import type { Benchmark, BenchmarkContext, Measurement, PeerResult } from './benchmark'

/** node run-benchmark.js FILE: runs the built benchmark and prints its table. */
const run = promisify(execFile)
const peersPython = process.env['TANGENT_PEERS']
const measurements: Measurement[] = []

const context: BenchmarkContext = {
  async measure(call, { repeats = 5, warmUp = 2 } = {}) {
    for (let i = 0; i < warmUp; i++) await call()
    const times: number[] = []
    for (let i = 0; i < repeats; i++) {
      const start = performance.now()
      await call()
      times.push(performance.now() - start)
    }
    return times.sort((x, y) => x - y)[Math.floor(repeats / 2)] ?? NaN
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
