import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { experimentSchema } from '@shared/design/experiment'
import { openSession } from '../../src-main/session/session'
import { experiment, sampleEnsemble, sampleRun } from '../session/sample-values'
import { runTangent } from './tangent'

let folder: string
const file = 'lab.tangent'
const tangent = (args: string[], input = '') => runTangent(args, folder, input)
/** What a command writes that succeeds. */
const output = (...args: string[]): string => {
  const { status, stdout, stderr } = tangent(args)
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}
const idsOf = (...args: string[]) =>
  (JSON.parse(output('list', file, ...args, '--json')) as { id: string }[]).map(({ id }) => id)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-organise-'))
  const session = openSession(join(folder, file), { appVersion: '0.1.0' })
  for (const [i, id] of ['aaa1', 'bbb2', 'ccc3'].entries()) {
    const ofRun = { ...experiment, seed: i + 1, learningRate: i === 2 ? 0.2 : 0.1 }
    session.addRun(sampleRun(id, { seed: i + 1, experiment: experimentSchema.parse(ofRun) }))
    session.addEnsemble(id, { ...sampleEnsemble(0), label: '', finalLoss: 0.25 * (i + 1) }, {})
    session.updateRun(id, { status: i === 2 ? 'failed' : 'completed' })
  }
  session.close()
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('organising runs', () => {
  test('tags, groups, names and notes are given, searched for, shown and taken away', () => {
    output('tag', file, 'aaa1', 'bbb2', '--add', 'paper, two words')
    output('tag', file, '--search', 'seed=2', '--remove', 'paper', '--add', 'draft')
    output('group', file, 'aaa1', '--name', 'κ sweep')
    output('rename', file, 'ccc3', 'too fast')
    output('note', file, 'ccc3', 'See **Figure 3**.')
    expect(idsOf('--search', 'tag:paper')).toEqual(['aaa1'])
    expect(idsOf('--search', 'tag:"two words" -tag:paper')).toEqual(['bbb2'])
    expect(idsOf('--search', 'group=none', '--sort', 'name')).toEqual(['bbb2', 'ccc3'])
    expect(output('note', file, 'ccc3')).toBe('See **Figure 3**.\n')
    const shown = output('show', file, 'aaa1')
    expect(shown).toMatch(/tags +paper, two words\n/)
    expect(shown).toMatch(/group +κ sweep\n/)
    output('group', file, 'aaa1', '--none')
    expect(idsOf('--search', 'group:sweep')).toEqual([])
  })

  test('notes come from standard input, and the session has a title and a note, too', () => {
    expect(tangent(['note', file, 'session', '-'], '# Signs\n').status).toBe(0)
    output('rename', file, 'session', 'Sign networks')
    expect(output('note', file, 'session')).toBe('# Signs\n\n')
  })

  test('runs are listed in the order asked for, with the columns asked for', () => {
    expect(idsOf('--sort', '-finalLoss')).toEqual(['ccc3', 'bbb2', 'aaa1'])
    expect(idsOf('--sort', 'finalLoss', '--search', 'finalLoss<0.6')).toEqual(['aaa1', 'bbb2'])
    const list = output('list', file, '--columns', 'surrogate,learningRate,finalLoss')
    expect(list).toMatch(/surrogate.name +learningRate +finalLoss/)
    expect(list).toMatch(/erf_prime +0\.2 +0\.75/)
  })

  test('archived runs are left out until asked for', () => {
    output('archive', file, 'bbb2')
    expect(idsOf()).toEqual(['ccc3', 'aaa1'])
    expect(idsOf('--archived')).toEqual(['ccc3', 'bbb2', 'aaa1'])
    output('archive', file, 'bbb2', '--undo')
    expect(idsOf()).toHaveLength(3)
  })

  test('compares configurations, and results over seeds', () => {
    expect(output('compare', file, 'aaa1', 'ccc3', '--diff')).toMatch(
      /differs +aaa1 +ccc3\n.*learningRate +0\.1 +0\.2 *\n.*seed +1 +3/
    )
    const table = output('compare', file, '--search', 'width=200', '--results', 'finalLoss')
    // (0.25 + 0.5) / 2 and t(0.975; 1) · 0.25/2 = 12.706 · 0.125.
    expect(table).toMatch(/0\.1 +2 +128 +0\.3750 ± 1\.6/)
    expect(table).toMatch(/0\.2 +1 +64 +0\.7500 *\n/)
    const mixed = output('compare', file, 'aaa1', 'ccc3', '--group-by', 'width')
    expect(mixed).toContain('Ensembles of one group also differ in learningRate.')
    const [head = '', ...rows] = output('compare', file, 'aaa1', 'bbb2', 'ccc3', '--csv')
      .trim()
      .split('\n')
      .map((line) => line.split(','))
    const mean = rows.map((row) => row[head.indexOf('finalLoss_mean')])
    expect([head[0], mean]).toEqual(['learningRate', ['0.375', '0.75']])
    expect(output('compare', file, 'aaa1', 'bbb2', '--diff', '--csv')).toBe(
      'path,aaa1,bbb2\nseed,1,2\n'
    )
    const json = JSON.parse(output('compare', file, 'aaa1', 'bbb2', '--json')) as object
    expect(json).toMatchObject({ differences: [{ path: 'seed' }], grouped: { by: [] } })
  })

  test('runs are deleted for good, but not without being asked', () => {
    const { status, stderr } = tangent(['delete', file, 'ccc3'])
    expect({ status, stderr }).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('nothing deleted') as string
    })
    expect(idsOf()).toHaveLength(3)
    output('delete', file, '--search', 'status=failed', '--yes')
    expect(idsOf('--archived')).toEqual(['bbb2', 'aaa1'])
  })

  test.each([
    [['tag', file, 'aaa1'], 'state tags with --add'],
    [['tag', file, '--add', 'x'], 'name runs, or search for them'],
    [['tag', file, 'zzz', '--add', 'x'], 'no run zzz'],
    [['tag', file, 'aaa1', '--add', 'x'.repeat(61)], 'at most 60 characters'],
    [['list', file, '--search', 'width>='], 'a value is missing after width'],
    [['list', file, '--search', 'widht>1'], 'names a field that no run has'],
    [['list', file, '--sort', 'widht'], 'no run has a field widht'],
    [['compare', file, 'aaa1', '--results', 'luck'], 'there is no result luck'],
    [['compare', file, 'aaa1', '--group-by', 'luck'], 'Cannot group by luck'],
    [['group', file, 'aaa1'], 'state a group with --name'],
    [['rename', file, 'aaa1', ' '], 'at least one character']
  ])('%j is refused with exit code 2', (args, message) => {
    const { status, stdout, stderr } = tangent(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(message)
  })
})
