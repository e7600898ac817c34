import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSession } from '../../src-main/session/session'
import { smallExperiment } from '../support/small-experiment'
import { program, runTangent } from './tangent'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-resume-'))
  // Two ensembles that take about a second each, and far longer on a busy machine.
  const experiment = smallExperiment({ widths: [48, 64], steps: 8000, ensembleSize: 12 })
  writeFileSync(join(folder, 'long.json'), JSON.stringify(experiment))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const tangent = (...args: string[]) => runTangent(args, folder)

/** Every array of a session's only run, by owner and name. */
function storedBytes(name: string): Map<string, string> {
  const session = openSession(join(folder, name), { appVersion: 'test' })
  try {
    const [run] = session.listRuns()
    expect(session.listRuns()).toHaveLength(1)
    expect(run?.status).toBe('completed')
    return new Map(
      session.listArrays(run!.id).map(({ ownerKind, ownerIndex, name: array }) => {
        const { data } = session.readArray(run!.id, ownerKind, ownerIndex, array)
        const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
        return [`${ownerKind} ${ownerIndex} ${array}`, bytes.toString('base64')]
      })
    )
  } finally {
    session.close()
  }
}

/** Starts a command, and kills it some time after its networks are in training. */
async function killed(args: string[], afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe']
  })
  const ended = new Promise((end) => child.once('close', end))
  const training = new Promise<void>((ready) => {
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (/% (predicting|training)/.test(said)) ready()
    })
  })
  await Promise.race([training, ended])
  await delay(afterMs)
  child.kill('SIGKILL')
  await ended
}

test('killed at any moment and resumed, a run ends with the bits of one that never stopped', async () => {
  expect(tangent('run', 'long.json', '--session', 'whole.tangent').status).toBe(0)
  const often = ['--checkpoint', '0.05']
  await killed(['run', 'long.json', '--session', 'killed.tangent', ...often], 300)
  for (const afterMs of [100, 400, 700]) {
    const session = new Database(join(folder, 'killed.tangent'))
    expect(session.pragma('quick_check', { simple: true })).toBe('ok')
    session.close()
    await killed(['resume', 'killed.tangent', ...often], afterMs)
  }
  const last = tangent('resume', 'killed.tangent')
  // Where the machine is fast, the last kill may have come after the end.
  if (last.status !== 0) expect(last.stderr).toContain('no paused or interrupted run')
  expect(storedBytes('killed.tangent')).toEqual(storedBytes('whole.tangent'))
})

test('run --resume goes on with the run of the same experiment, if there is one', () => {
  const none = tangent('run', 'long.json', '--session', 'none.tangent', '--resume')
  expect(none.status).toBe(2)
  expect(none.stderr).toContain('no paused or interrupted run of this experiment and seed')
  const started = tangent('run', 'long.json', '--session', 'whole.tangent', '--resume')
  expect(started.status).toBe(2)
})

test('a GPU that is not there and memory that is not enough are said before anything is stored', () => {
  const run = (...args: string[]) =>
    tangent('run', 'long.json', '--session', 'refused.tangent', ...args)
  const cpu = tangent('doctor').stdout.includes('GPU in use   no')
  if (cpu) {
    const gpu = run('--device', 'gpu')
    expect(gpu.status).toBe(2)
    expect(gpu.stderr).toContain('TensorFlow uses no GPU here')
  }
  const small = run('--memory', '10kB')
  expect(small.status).toBe(2)
  expect(small.stderr).toMatch(/one network of width 48 takes .* but only 1 MB are allowed/)
  expect(run('--memory', 'much').stderr).toContain('such as 4GB')
  expect(JSON.parse(tangent('list', 'refused.tangent', '--json').stdout)).toEqual([])
})
