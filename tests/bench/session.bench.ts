import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { compareRuns } from '@shared/comparison/compare-runs'
import { runRecord } from '@shared/organise/run-record'
import { searchRuns } from '@shared/organise/search-runs'
import { cacheFolder } from '../../resources/setup/cache.mjs'
import { functionView } from '../../src-main/engine/views/function-view'
import { readEnsembleResults } from '../../src-main/engine/views/run-arrays'
import { openReadOnly, openSession, type Session } from '../../src-main/session/session'
import { noTables } from '../session/stored-run'
import type { Benchmark, BenchmarkContext } from './harness/benchmark'
import { makeLargeSession } from './harness/large-session'

/** Its size; variables of the environment make it smaller, for disks that are. */
const RUNS = Number(process.env['TANGENT_BENCH_RUNS'] ?? 1000)
const GIGABYTES = Number(process.env['TANGENT_BENCH_GB'] ?? 5)
const COMPARED = 50
const appVersion = '0.1.0'

/**
 * What users wait for in a session of 1000 runs with 5 GB of kernels, and how much of the file that
 * reads. The session is made once, in the cache (TANGENT_BENCH_RUNS and TANGENT_BENCH_GB choose another size).
 */
const session: Benchmark = {
  title: `A session of ${RUNS} runs with ${GIGABYTES} GB of kernels: the goal as the peer`,
  async run(context) {
    const path = largeSession()
    const fileGigabytes = statSync(path).size / 1e9
    await timed(context, `open, describe and close (${fileGigabytes.toFixed(1)} GB)`, 1000, () => {
      use(openSession(path, { appVersion }), (opened) => opened.summary())
    })
    await timed(context, 'the same for reading only', 1000, () => {
      use(openReadOnly(path, { appVersion }), (opened) => opened.summary())
    })
    const opened = openReadOnly(path, { appVersion })
    const runs = opened.listRuns()
    const last = runs[0]?.id ?? ''
    await timed(context, `list ${runs.length} runs`, 100, () => opened.listRuns())
    const records = () => opened.listRecordedRuns().map(runRecord)
    await timed(context, 'the table of runs', 300, records)
    await timed(context, 'search', 300, () =>
      searchRuns(records(), 'tag:paper width>=500 rmse<0.1')
    )
    const chosen = runs.slice(0, COMPARED).map(({ id }) => id)
    await timed(context, `compare ${chosen.length} runs`, 300, () =>
      compareRuns(
        chosen.map((id) => opened.readRecordedRun(id)),
        null
      )
    )
    await timed(context, 'show a run', 100, () => opened.showRun(last))
    await timed(context, 'its function', 100, () =>
      functionView(readEnsembleResults(opened, noTables, last, 0), 0, 0, 8)
    )
    opened.close()
  }
}
export default session

/** Reports the median time beside its goal, and what one call reads of the file. */
async function timed(
  { measure, report }: BenchmarkContext,
  name: string,
  goal: number,
  call: () => unknown
): Promise<void> {
  const before = bytesRead()
  call()
  const after = bytesRead()
  const read =
    before === null || after === null ? '' : `, reads ${((after - before) / 1e6).toFixed(1)} MB`
  const ours = await measure(call, { repeats: 9 })
  report({
    name,
    ours,
    peer: goal,
    remark: `${ours < goal ? 'within' : 'misses'} ${goal} ms${read}`
  })
}

/** What this process has read of files so far, in bytes; null where the system does not say. */
function bytesRead(): number | null {
  const accounts = '/proc/self/io'
  if (!existsSync(accounts)) return null
  return Number(/^rchar: (\d+)/m.exec(readFileSync(accounts, 'utf8'))?.[1])
}

function use<T>(opened: Session, work: (opened: Session) => T): T {
  try {
    return work(opened)
  } finally {
    opened.close()
  }
}

/** The session in the cache, made where it is not there yet. */
function largeSession(): string {
  const folder = join(cacheFolder(), 'bench')
  const path = join(folder, `${RUNS}-runs-${GIGABYTES}-gb.tangent`)
  if (existsSync(path)) return path
  mkdirSync(folder, { recursive: true })
  const part = join(folder, 'unfinished.tangent')
  for (const ending of ['', '-wal', '-shm', '.lock']) rmSync(part + ending, { force: true })
  process.stderr.write(`making ${path} …\n`)
  makeLargeSession(part, { runs: RUNS, kernelBytes: GIGABYTES * 1e9, recordedSteps: 200 })
  renameSync(part, path)
  return path
}
