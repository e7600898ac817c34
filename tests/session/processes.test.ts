import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resumableStatuses } from '@shared/protocol/results'
import { fillWords, streamPurpose } from '@shared/random/stream'
import { openReadOnly, type Session } from '../../src-main/session/session'
import { arraysOf, checkpointOf } from './children/records'
import { newSessionPath, open } from './open'
import { experiment, sampleRun } from './sample-values'

const root = resolve(import.meta.dirname, '../..')
/** Bundles of the children: inside the project, so that they find its packages. */
let bundles = ''

beforeAll(async () => {
  mkdirSync(join(root, 'artefacts'), { recursive: true })
  bundles = mkdtempSync(join(root, 'artefacts', 'session-tests-'))
  const child = (name: string): string => join(import.meta.dirname, 'children', `${name}.ts`)
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(root, 'src-shared') } },
    build: {
      ssr: true,
      outDir: bundles,
      rolldownOptions: {
        input: { writer: child('writer'), opener: child('opener') },
        output: { entryFileNames: '[name].mjs' }
      }
    }
  })
})

afterAll(() => {
  rmSync(bundles, { recursive: true, force: true })
})

/** A process that stores ensembles of a run until it is killed. */
class Writer {
  private output = ''
  private readonly child: ChildProcess
  private readonly ended: Promise<void>

  constructor(path: string, runId: string) {
    this.child = spawn(process.execPath, [join(bundles, 'writer.mjs'), path, runId], {
      stdio: ['ignore', 'pipe', 'inherit']
    })
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.output += text
    })
    // 'close' comes after everything it wrote has been read.
    this.ended = new Promise((settle) => {
      this.child.on('close', () => {
        settle()
      })
    })
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  /** The words it has said, each on a line. */
  get said(): string[] {
    return this.output.split('\n').slice(0, -1)
  }

  async hasSaid(word: string): Promise<void> {
    while (!this.said.includes(word)) {
      if (this.child.exitCode !== null)
        throw new Error(`the writer ended by itself: ${this.output}`)
      await delay(1)
    }
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.ended
    expect(this.child.signalCode).toBe('SIGKILL')
  }

  /** How many ensembles it said are stored, by itself and before it. */
  get acknowledged(): number {
    const own = this.said.filter((word) => /^\d+$/.test(word)).length
    const before = this.said.find((word) => word.startsWith('from '))?.slice('from '.length)
    return Number(before ?? 0) + own
  }

  /** The checkpoint that it said is stored and nothing has replaced since; null without one. */
  get acknowledgedCheckpoint(): number | null {
    const last = this.said.at(-1) ?? ''
    return last.startsWith('c') ? Number(last.slice(1)) : null
  }
}

/** Numbers in [0, 1) for the times of killing: the same at every run of the tests. */
function chances(count: number): number[] {
  const words = new Uint32Array(count)
  fillWords({ seed: 7, purpose: streamPurpose.weights }, words)
  return Array.from(words, (word) => word / 2 ** 32)
}

/** How often the writer is killed: so many files, in each of them so many times. */
const FILES = 10
const KILLS = 10

/** Everything a killed writer acknowledged is there, as it was written; at most one more is. */
function expectIntact(session: Session, runId: string, writer: Writer): void {
  const { ensembles, status } = session.showRun(runId)
  const { acknowledged, acknowledgedCheckpoint } = writer
  expect(status).toBe('interrupted')
  expect(ensembles.length - acknowledged).toBeOneOf([0, 1])
  for (const { index } of ensembles) {
    for (const [name, written] of Object.entries(arraysOf(index))) {
      const { dtype, data } = session.readArray(runId, 'ensemble', index, name)
      expect(dtype).toBe(written.dtype)
      // vitest's own comparison of long arrays takes longer than all the rest of this test.
      expect(Buffer.from(data.buffer).equals(Buffer.from(written.data.buffer))).toBe(true)
    }
  }
  const saved = session.readCheckpoint(runId)
  // Its ensemble takes a checkpoint's place in one transaction, so there is never one of another.
  if (saved) expect(saved).toEqual(checkpointOf(ensembles.length))
  else if (acknowledgedCheckpoint !== null)
    expect(ensembles.length).toBe(acknowledgedCheckpoint + 1)
}

describe('a killed writer', () => {
  test('loses nothing it acknowledged, whenever it is killed, and goes on where it was', async () => {
    const delays = chances(FILES * KILLS)
    let recorded = 0
    for (let file = 0; file < FILES; file++) {
      const path = newSessionPath()
      let stored = 0
      for (let kill = 0; kill < KILLS; kill++) {
        const writer = new Writer(path, 'run')
        await writer.hasSaid('running')
        expect(writer.said).toContain(`from ${stored}`)
        await delay(60 * (delays[file * KILLS + kill] ?? 0))
        await writer.kill()

        const raw = new Database(path)
        expect(raw.pragma('quick_check', { simple: true })).toBe('ok')
        raw.close()
        const session = open(path)
        expect(session.summary().interruptedOnOpen).toBe(1)
        expectIntact(session, 'run', writer)
        expect(session.findRun(experiment, resumableStatuses)).toBe('run')
        stored = session.showRun('run').ensembles.length
        session.close()
      }
      recorded += stored
    }
    expect(recorded).toBeGreaterThan(FILES)
  })

  test('leaves a file that opens, also when it is killed while making it', async () => {
    for (const chance of chances(8)) {
      const path = newSessionPath()
      const writer = new Writer(path, 'run')
      await writer.hasSaid('opening')
      await delay(30 * chance)
      await writer.kill()
      const session = open(path)
      if (session.listRuns().length > 0) expectIntact(session, 'run', writer)
      else expect(writer.said).toEqual(['opening'])
      session.close()
    }
  })
})

describe('a session open in another process', () => {
  test('is refused with that process, until it is gone', async () => {
    const path = newSessionPath()
    const writer = new Writer(path, 'run')
    await writer.hasSaid('running')
    expect(() => open(path)).toThrow(
      `lab.tangent is already open in another window or program (process ${writer.pid})`
    )
    await writer.kill()
    expect(existsSync(`${path}.lock`)).toBe(true)
    open(path).close()
    expect(existsSync(`${path}.lock`)).toBe(false)
  })

  test('is refused to others while it is open here', () => {
    const path = newSessionPath()
    const session = open(path)
    expect(opened(path)).toMatch(
      `session-in-use: lab.tangent is already open in another window or program (process ${process.pid})`
    )
    session.addRun(sampleRun('a'))
    session.close()
    expect(opened(path)).toBe('opened, a interrupted')
  })

  test('can be read by others, who see what is stored as it comes', async () => {
    const path = newSessionPath()
    const session = open(path)
    session.addRun(sampleRun('a'))
    expect(opened(path, 'read')).toBe('opened, a queued')
    session.updateRun('a', { status: 'running' })
    expect(opened(path, 'read')).toBe('opened, a running')
    session.close()
    expect(readdirSync(dirname(path))).toEqual(['lab.tangent'])

    const writer = new Writer(path, 'b')
    await writer.hasSaid('running')
    const reading = openReadOnly(path, { appVersion: '0.1.0' })
    const before = reading.version()
    await writer.hasSaid('3')
    expect(reading.version()).not.toBe(before)
    expect(reading.showRun('b').ensembles.length).toBeGreaterThan(3)
    await writer.kill()
    expect(reading.showRun('b').status).toBe('interrupted')
    reading.close()
    expect(opened(path)).toBe('opened, b interrupted, a interrupted')
  })

  test('is not refused for a note alone: its process may long be another', () => {
    const path = newSessionPath()
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: process.ppid, host: 'elsewhere' }))
    open(path).close()
    writeFileSync(`${path}.lock`, 'no JSON')
    open(path).close()
    expect(existsSync(`${path}.lock`)).toBe(false)
  })
})

describe('without the right to write', () => {
  test('a file is refused and unchanged', ({ skip }) => {
    if (!canObeyPermissions()) skip()
    const path = newSessionPath()
    open(path).close()
    const bytes = readFileSync(path)
    chmodSync(path, 0o444)
    expect(opened(path)).toMatch(/^file-problem: .*lab\.tangent cannot be written to/)
    expect(readFileSync(path).equals(bytes)).toBe(true)
    expect(opened(path, 'read')).toBe('opened')
    expect(readdirSync(dirname(path))).toEqual(['lab.tangent'])
  })

  test('a file in a folder is read, also one that was not closed', async ({ skip }) => {
    if (!canObeyPermissions()) skip()
    const path = newSessionPath()
    const writer = new Writer(path, 'a')
    await writer.hasSaid('1')
    await writer.kill()
    const files = readdirSync(dirname(path))
    expect(files).toContain('lab.tangent-wal')
    chmodSync(dirname(path), 0o555)
    expect(opened(path, 'read')).toBe('opened, a interrupted')
    chmodSync(dirname(path), 0o755)
    expect(readdirSync(dirname(path))).toEqual(files)
    open(path).close()
    chmodSync(dirname(path), 0o555)
    expect(opened(path, 'read')).toBe('opened, a interrupted')
    chmodSync(dirname(path), 0o755)
    expect(readdirSync(dirname(path))).toEqual(['lab.tangent'])
  })

  test('a folder is refused', ({ skip }) => {
    if (!canObeyPermissions()) skip()
    const path = newSessionPath()
    chmodSync(dirname(path), 0o555)
    expect(opened(path)).toMatch(/^file-problem: The folder .* cannot be written to/)
  })
})

/** What another process says of opening a session. */
function opened(path: string, how = 'write'): string {
  return runObeying(process.execPath, join(bundles, 'opener.mjs'), path, how).stdout.trim()
}

/** Root may write everywhere, unless a command is run without that capability. */
const obeying =
  process.getuid?.() === 0 && process.platform === 'linux'
    ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-all']
    : []

function canObeyPermissions(): boolean {
  if (process.platform === 'win32') return false
  return runObeying('true').status === 0
}

/** Runs a command that file permissions hold for. */
function runObeying(...words: string[]) {
  const [command, ...args] = [...obeying, ...words]
  return spawnSync(command ?? '', args, { encoding: 'utf8' })
}
