import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { ensureReady } from '../../resources/setup/ensure-ready.mjs'
import { runInForeground } from '../../resources/setup/launch.mjs'
import { projectRoot } from '../../resources/setup/project.mjs'

/**
 * npm run bench [-- name …]: builds the benchmarks as the command line is built and runs each in a
 * process of its own (TensorFlow can be loaded only once in a process).
 */
const folder = join(projectRoot, 'tests', 'bench')
const built = join(projectRoot, 'artefacts', 'bench')
const ending = '.bench.ts'

const all = readdirSync(folder)
  .filter((name) => name.endsWith(ending))
  .map((name) => name.slice(0, -ending.length))
  .sort()
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !all.includes(name))

if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}: there is ${all.join(', ')}`)
  process.exitCode = 2
} else {
  const names = ['machine', ...all.filter((name) => name !== 'machine')].filter(
    (name) => wanted.length === 0 || name === 'machine' || wanted.includes(name)
  )
  const { env } = await ensureReady({ engine: true, quiet: true })
  await buildBenchmarks(names)
  for (const name of names) {
    const code = await runInForeground(
      process.execPath,
      [join(built, 'run-benchmark.js'), join(built, `${name}.js`)],
      { cwd: projectRoot, env: { ...env, NODE_ENV: 'production' } }
    )
    if (code !== 0) process.exitCode = 1
  }
}

/** @param {readonly string[]} names */
async function buildBenchmarks(names) {
  rmSync(built, { recursive: true, force: true })
  const benchmarks = names.map((name) => [name, join(folder, `${name}${ending}`)])
  await build({
    configFile: false,
    root: projectRoot,
    logLevel: 'warn',
    resolve: { alias: { '@shared': join(projectRoot, 'src-shared') } },
    build: {
      ssr: true,
      outDir: built,
      minify: false,
      rolldownOptions: {
        input: {
          'run-benchmark': join(folder, 'harness', 'run-benchmark.ts'),
          'kernel-worker': join(projectRoot, 'src-main', 'engine', 'kernels', 'kernel-worker.ts'),
          ...Object.fromEntries(benchmarks)
        },
        output: { entryFileNames: '[name].js' }
      }
    }
  })
}
