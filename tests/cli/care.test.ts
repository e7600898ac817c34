import { createHash } from 'node:crypto'
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { experimentSchema } from '@shared/design/experiment'
import type { MergeReport, RestoreReport, VerifyReport } from '@shared/protocol/session-care'
import { openSession } from '../../src-main/session/session'
import { float64, int32 } from '../../src-main/session/stored-array'
import { execute, rootPage, spoilPage } from '../session/damage'
import { experiment, prediction, sampleEnsemble, sampleRun } from '../session/sample-values'
import { runTangent } from './tangent'

let folder: string
const file = 'lab.tangent'
const inFolder = (name: string) => join(folder, name)
const tangent = (...args: string[]) => runTangent(args, folder)
const idOf = (run: number) => `00000000-0000-4000-8000-${String(run).padStart(12, '0')}`
/** Every file of the folder with its contents, to see that nothing was changed. */
const files = () =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(inFolder(name)))
          .digest('hex')
      ])
  )

/** Adds completed runs, one seed each, to a session. */
async function addRuns(name: string, seeds: readonly number[], backUp = false): Promise<void> {
  const session = openSession(inFolder(name), { appVersion: '0.1.0' })
  for (const seed of seeds) {
    const ofSeed = experimentSchema.parse({ ...experiment, seed })
    session.addRun(sampleRun(idOf(seed), { seed, experiment: ofSeed }))
    session.addPrediction(idOf(seed), prediction, { testMean: float64(Float64Array.of(seed)) })
    session.addEnsemble(idOf(seed), sampleEnsemble(0), {
      steps: int32(Int32Array.of(0)),
      testOutputs: float64(new Float64Array(10_000).fill(seed)),
      losses: float64(Float64Array.of(seed))
    })
    session.updateRun(idOf(seed), { status: 'completed' })
  }
  if (backUp) await session.backUp()
  session.close()
}

const spoilArray = (name: string) =>
  execute(
    inFolder(name),
    "UPDATE array SET data = zeroblob(length(data)) WHERE name = 'testOutputs' AND run_id LIKE '%1'"
  )

/** What a refused command leaves and says. */
function expectRefused(args: string[], exitCode: number, message: RegExp): void {
  const before = files()
  const { status, stdout, stderr } = tangent(...args)
  expect({ status, stdout }).toEqual({ status: exitCode, stdout: '' })
  expect(stderr).toMatch(message)
  // One line for people: no trace of the program.
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(files()).toEqual(before)
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-care-'))
  await addRuns(file, [1, 2], true)
  writeFileSync(inFolder('notes.tangent'), 'not a session at all')
  const newer = inFolder('newer.tangent')
  copyFileSync(inFolder(file), newer)
  execute(newer, 'UPDATE run SET note = note')
  const bytes = readFileSync(newer)
  bytes.writeUInt32BE(999, 60)
  writeFileSync(newer, bytes)
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('verify', () => {
  test('says that a session is sound, and changes nothing', () => {
    const before = files()
    const { status, stdout, stderr } = tangent('verify', file)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/run +2 *\n/)
    expect(stdout).toMatch(/160 kB of arrays\nlab\.tangent is sound\n$/)
    expect(files()).toEqual(before)
  })

  test('says which array is not what was written, what to do, and fails', () => {
    spoilArray(file)
    const { status, stdout } = tangent('verify', file)
    expect(status).toBe(1)
    expect(stdout).toMatch(/array \d+ \(run_id 0.*name testOutputs\): its checksum is wrong/)
    expect(stdout).toContain('tangent restore')
    const json = tangent('verify', file, '--json')
    expect(json.status).toBe(1)
    const report = JSON.parse(json.stdout) as VerifyReport
    expect(report).toMatchObject({ isSound: false, findings: [{ kind: 'array', table: 'array' }] })
  })

  test('tells of a file in which nothing can be read', () => {
    writeFileSync(inFolder(file), readFileSync(inFolder('lab.tangent.backup')).subarray(0, 5000))
    const { status, stdout } = tangent('verify', file)
    expect(status).toBe(1)
    expect(stdout).toContain('lab.tangent is not sound')
  })
})

describe('repair', () => {
  test('saves what is sound, names what is lost, and leaves the file alone', () => {
    spoilArray(file)
    const before = files()
    const { status, stdout } = tangent('repair', file, '--into', 'saved.tangent')
    expect(status).toBe(0)
    expect(stdout).toMatch(/run +2 *\n/)
    expect(stdout).toMatch(/lost: array \d+ .*testOutputs/)
    expect(stdout).toContain('tangent resume saved.tangent 00000000')
    expect(tangent('verify', 'saved.tangent').status).toBe(0)
    expect(files()).toMatchObject(before)
  })

  test('saves everything of a sound session', () => {
    const { stdout } = tangent('repair', file, '--into', 'saved.tangent')
    expect(stdout).toContain('nothing was lost; saved saved.tangent')
    expect(tangent('list', 'saved.tangent', '--json').stdout).toBe(
      tangent('list', file, '--json').stdout
    )
  })
})

describe('restore', () => {
  test('puts the backup in place, keeps the file, and names the runs that are lost', async () => {
    await addRuns(file, [3])
    spoilPage(inFolder(file), rootPage(inFolder(file), 'prediction'))
    expect(tangent('list', file)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('damaged') as string
    })
    const damaged = files()[file]
    const { status, stdout } = tangent('restore', file, '--json')
    expect(status).toBe(0)
    const report = JSON.parse(stdout) as RestoreReport
    expect(report.lostRuns).toMatchObject([{ id: idOf(3), inBackup: 'nothing' }])
    expect(createHash('sha256').update(readFileSync(report.setAside)).digest('hex')).toBe(damaged)
    expect(tangent('verify', file).status).toBe(0)
  })

  test('says where the damaged file is now', () => {
    spoilPage(inFolder(file), rootPage(inFolder(file), 'run'))
    const { status, stdout } = tangent('restore', file)
    expect(status).toBe(0)
    expect(stdout).toMatch(
      /restored lab\.tangent from its backup of .*Z\nthe file that was there is/
    )
  })

  test('is refused without a backup, and says what helps', () => {
    rmSync(inFolder('lab.tangent.backup'))
    expectRefused(['restore', file], 2, /has no backup.*tangent repair/)
  })
})

describe('merge', () => {
  test('takes the runs of both, the same run once', async () => {
    await addRuns('other.tangent', [2, 5])
    const before = files()
    const { status, stdout } = tangent('merge', file, 'other.tangent', '--into', 'all.tangent')
    expect(status).toBe(0)
    expect(stdout).toContain('1, 2, 5')
    expect(stdout).toMatch(/runs from lab\.tangent, .* 1 left out as the same/)
    expect(files()).toMatchObject(before)
    expect(tangent('verify', 'all.tangent').status).toBe(0)
    const again = tangent('merge', 'all.tangent', file, '--into', 'again.tangent', '--json')
    expect((JSON.parse(again.stdout) as MergeReport).runs).toEqual([3, 0])
  })

  test('of a damaged session is refused', () => {
    copyFileSync(inFolder(file), inFolder('bad.tangent'))
    spoilPage(inFolder('bad.tangent'), rootPage(inFolder('bad.tangent'), 'run'))
    expectRefused(['merge', file, 'bad.tangent', '--into', 'all.tangent'], 1, /damaged/)
  })
})

describe('compact', () => {
  test('gives the space of deleted runs back, and loses nothing else', () => {
    expect(tangent('delete', file, idOf(1), '--yes').status).toBe(0)
    const { status, stdout } = tangent('compact', file)
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^lab\.tangent: [\d.]+ kB before, [\d.]+ kB now\n$/) as string
    })
    const [before = 0, after = 0] = [...stdout.matchAll(/[\d.]+(?= kB)/g)].map(Number)
    expect(before - after).toBeGreaterThan(80)
    expect(tangent('verify', file).status).toBe(0)
    expect(tangent('list', file, '--json').stdout).toContain(idOf(2))
  })

  test('of a damaged session is refused', () => {
    spoilPage(inFolder(file), rootPage(inFolder(file), 'run'))
    expectRefused(['compact', file], 1, /damaged/)
  })
})

test.each([
  ['verify', []],
  ['repair', ['--into', 'new.tangent']],
  ['compact', []],
  ['merge', [file, '--into', 'new.tangent']]
])('%s refuses what is no session, a newer one, and none at all', (command, rest) => {
  expectRefused([command, 'notes.tangent', ...rest], 1, /not a Tangent Lab session/)
  expectRefused([command, 'newer.tangent', ...rest], 1, /newer/)
  expectRefused([command, 'absent.tangent', ...rest], 2, /no session file/i)
})

test.each([
  ['repair', [file]],
  ['merge', [file, file]]
])('%s never replaces a file, and asks for a new name', (command, sources) => {
  expectRefused([command, ...sources, '--into', 'notes.tangent'], 1, /exists/)
  expectRefused([command, ...sources, '--into', file], 1, /exists/)
  expectRefused([command, ...sources], 2, /required option '--into <file>' not specified/)
})
