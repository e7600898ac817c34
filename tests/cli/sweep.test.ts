import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunDetail } from '@shared/protocol/results'
import { openSession } from '../../src-main/session/session'
import { sampleRun } from '../session/sample-values'
import { smallExperiment } from '../support/small-experiment'
import { runTangent } from './tangent'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-sweep-'))
  const experiment = smallExperiment({ widths: [8], steps: 5, ensembleSize: 2 })
  writeFileSync(join(folder, 'small.json'), JSON.stringify(experiment))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const sweep = (...options: string[]) =>
  runTangent(['run', 'small.json', '--session', 'lab.tangent', ...options], folder)

test('a sweep is computed, exported a folder a run, and completed later', () => {
  const first = sweep('--sweep', 'seed=1..2', '--sweep', 'surrogate.m=1', '--export', 'f', '--json')
  expect(first.status).toBe(0)
  expect(first.stderr).toContain('forecast: 2 runs in the group “small over seed, m”')
  const runs = JSON.parse(first.stdout) as RunDetail[]
  expect(runs.map(({ seed, status }) => [seed, status])).toEqual([
    [1, 'completed'],
    [2, 'completed']
  ])
  const folders = readdirSync(join(folder, 'f'))
  expect(folders).toHaveLength(2)
  for (const one of folders) expect(readdirSync(join(folder, 'f', one))).toContain('run.json')

  const rest = sweep('--sweep', 'seed=1..3', '--sweep', 'm=1', '--resume', '--json')
  expect(rest.stderr).toContain('2 of 3 runs are finished already')
  const all = JSON.parse(rest.stdout) as RunDetail[]
  expect(all.map(({ id }) => id).slice(0, 2)).toEqual(runs.map(({ id }) => id))
  expect(all.map(({ status }) => status)).toEqual(Array(3).fill('completed'))
})

test('a queue that a session was left with is computed in its order, and only when asked', () => {
  const session = openSession(join(folder, 'left.tangent'), { appVersion: 'test' })
  const experiment = smallExperiment({ widths: [8], steps: 5, ensembleSize: 2 })
  for (const id of ['a', 'b', 'c']) session.addRun(sampleRun(id, { experiment }))
  session.queue.write(['c', 'a', 'b'])
  session.close()
  const other = runTangent(['run', 'small.json', '--session', 'left.tangent'], folder)
  expect(other.status).toBe(0)
  const all = runTangent(['resume', 'left.tangent', '--queue', '--json'], folder)
  const runs = JSON.parse(all.stdout) as RunDetail[]
  expect(runs.map(({ id, status }) => [id, status])).toEqual([
    ['c', 'completed'],
    ['a', 'completed'],
    ['b', 'completed']
  ])
  const ends = runs.map(({ finishedAt }) => finishedAt)
  expect(ends).toEqual(ends.toSorted())
  const none = runTangent(['resume', 'left.tangent', '--queue'], folder)
  expect([none.status, none.stderr]).toEqual([2, expect.stringContaining('no run waits')])
})

test.each([
  [['--sweep', 'seed'], 'a parameter and its values'],
  [['--sweep', 'nothing=1'], 'no parameter nothing to sweep'],
  [['--sweep', 'sigmaW=0'], 'sigmaW=0: design.sigmaW: must be above 0'],
  [['--group', 'g'], '--group goes with --sweep']
])('%j is refused', (options, message) => {
  const { status, stdout, stderr } = sweep(...options)
  expect(stderr).toContain(message)
  expect([status, stdout]).toEqual([2, ''])
})
