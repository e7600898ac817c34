import { expect, test } from 'vitest'
import { finish } from '@shared/theory/stepwise'
import { verifyFile } from '../../src-main/session/care/verify-file'
import { contents } from './contents'
import { execute } from './damage'
import { newSessionPath, open } from './open'
import { figure, sampleRun, sampleStudy } from './sample-values'

/** A session with one row of each table that holds a JSON value, one of which is then replaced. */
function sessionWith(statement: string): string {
  const path = newSessionPath()
  const session = open(path)
  session.addRun(sampleRun('a'))
  session.updateRun('a', { status: 'completed' })
  session.organiser.saveFigure(figure)
  session.studies.add(sampleStudy)
  session.studies.update(sampleStudy.id, { status: 'completed' })
  session.close()
  execute(path, statement)
  return path
}

/** JSON that no one writes: so deep that reading it level by level would end the program. */
const deep = `json('{"a":' || replace(hex(zeroblob(400)), '00', '{"a":') || '1' || replace(hex(zeroblob(401)), '00', '}'))`
const deeper = `'${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}'`

test.each([
  ['a study', `UPDATE study SET parameters = ${deeper}`, 'parameters of study a-study'],
  ['a run', `UPDATE run SET experiment = ${deeper}`, 'experiment of run a'],
  ['a figure', `UPDATE figure SET spec = ${deeper}`, `specification of figure ${figure.id}`]
])(
  'JSON nested too deeply in %s is told, found by verify, and nothing else is lost',
  (_, sql, place) => {
    const path = sessionWith(sql)
    const before = contents(path)
    const session = open(path)
    const read = () => {
      session.showRun('a')
      session.organiser.listFigures()
      session.studies.show('a-study')
    }
    expect(read).toThrow(expect.objectContaining({ code: 'session-unusable' }) as Error)
    expect(read).toThrow(`The session's ${place} cannot be read`)
    expect(session.listRuns()).toHaveLength(1)
    session.close()
    expect(finish(verifyFile(path, '0.1.0')).findings).toMatchObject([{ kind: 'value' }])
    expect(contents(path)).toEqual(before)
  }
)

test('JSON nested more deeply than people write, but readable, is read', () => {
  const session = open(sessionWith(`UPDATE study SET parameters = ${deep}`))
  expect(Object.keys(session.studies.show('a-study').parameters)).toEqual(['a'])
})
