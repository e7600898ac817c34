import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { runEditSchema } from '@shared/organise/run-edit'
import { storedFigureSchema } from '@shared/organise/stored-figure'
import type { Session } from '../../src-main/session/session'
import { float64 } from '../../src-main/session/stored-array'
import { newSessionPath, open } from './open'
import {
  experiment,
  figure,
  info,
  labels,
  sampleEnsemble,
  sampleRun,
  unlabelled
} from './sample-values'

const notFound = expect.objectContaining({ code: 'not-found' }) as unknown

function withRuns(...ids: string[]): Session {
  const session = open(newSessionPath())
  for (const id of ids) session.addRun(sampleRun(id))
  return session
}

describe('labels of runs', () => {
  test('are there after closing and opening, in the list and in a single run', () => {
    const path = newSessionPath()
    const session = open(path)
    session.addRun(sampleRun('a'))
    expect(session.showRun('a')).toMatchObject({ name: 'run a', ...unlabelled })
    session.organiser.editRuns([{ runId: 'a', ...labels }])
    session.close()
    const again = open(path)
    expect(again.showRun('a')).toMatchObject(labels)
    expect(again.listRuns()).toMatchObject([labels])
  })

  test('left out of an edit stay as they are', () => {
    const session = withRuns('a')
    session.organiser.editRuns([{ runId: 'a', ...labels }])
    session.organiser.editRuns([{ runId: 'a', note: '' }])
    expect(session.showRun('a')).toMatchObject({ ...labels, note: '' })
    session.organiser.editRuns([{ runId: 'a', group: null, tags: [] }])
    expect(session.showRun('a')).toMatchObject({ ...labels, note: '', group: null, tags: [] })
  })

  test('come back when the answered edits are made, also of a run that was edited twice', () => {
    const session = withRuns('a', 'b')
    session.organiser.editRuns([{ runId: 'b', ...labels }])
    const before = session.listRuns()
    const edits = [
      { runId: 'a', name: 'other', tags: ['x'] },
      { runId: 'b', archived: false, group: null },
      { runId: 'a', name: 'third', note: 'text' }
    ]
    const previous = session.organiser.editRuns(edits)
    expect(previous).toEqual([
      { runId: 'a', name: 'other', note: '' },
      { runId: 'b', archived: true, group: 'κ sweep' },
      { runId: 'a', name: 'run a', tags: [] }
    ])
    const after = session.listRuns()
    const again = session.organiser.editRuns(previous)
    expect(session.listRuns()).toEqual(before)
    session.organiser.editRuns(again)
    expect(session.listRuns()).toEqual(after)
  })

  test('change for all runs of an edit or for none', () => {
    const session = withRuns('a')
    expect(() =>
      session.organiser.editRuns([
        { runId: 'a', tags: ['x'] },
        { runId: 'b', tags: ['x'] }
      ])
    ).toThrow(notFound)
    expect(session.showRun('a').tags).toEqual([])
  })

  test('are checked: tags each once and in order, no empty names, nothing unknown', () => {
    expect(runEditSchema.parse({ runId: 'a', tags: ['b', ' a ', 'b'] }).tags).toEqual(['a', 'b'])
    for (const edit of [
      { name: ' ' },
      { tags: ['a,b'] },
      { tags: [''] },
      { group: '' },
      { seed: 2 }
    ]) {
      expect(runEditSchema.safeParse({ runId: 'a', ...edit }).success).toBe(false)
    }
  })
})

describe('deleted runs', () => {
  const rows = (path: string): unknown[] => {
    const raw = new Database(path, { readonly: true })
    const counts = ['run', 'ensemble', 'array', 'run_tag'].map((table) =>
      raw.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
    )
    raw.close()
    return counts
  }

  function withResults(path: string): Session {
    const session = open(path)
    for (const id of ['a', 'b']) {
      session.addRun(sampleRun(id))
      session.updateRun(id, { status: 'paused' })
      session.addEnsemble(id, sampleEnsemble(0), { outputs: float64(Float64Array.of(1, 2)) })
    }
    session.organiser.editRuns([{ runId: 'b', tags: ['x'] }])
    return session
  }

  test('are out of sight at once, and back with everything when restored', () => {
    const session = withResults(newSessionPath())
    const before = session.showRun('b')
    session.organiser.deleteRuns(['b'])
    expect(session.listRuns().map(({ id }) => id)).toEqual(['a'])
    expect(session.summary().runCount).toBe(1)
    expect(session.findRun(experiment, ['paused'])).toBe('a')
    expect(() => session.showRun('b')).toThrow(notFound)
    session.organiser.restoreRuns(['b'])
    expect(session.showRun('b')).toEqual(before)
    expect(session.readArray('b', 'ensemble', 0, 'outputs').data).toEqual(Float64Array.of(1, 2))
  })

  test('are gone with all that belonged to them when the session is closed', () => {
    const path = newSessionPath()
    const session = withResults(path)
    session.organiser.deleteRuns(['b'])
    session.close()
    expect(rows(path)).toEqual([1, 1, 1, 0])
  })

  test('are all deleted or none', () => {
    const session = withRuns('a')
    expect(() => {
      session.organiser.deleteRuns(['a', 'b'])
    }).toThrow(notFound)
    expect(session.listRuns()).toHaveLength(1)
  })
})

describe('the session as a whole', () => {
  test('has a title and a note, and edits answer what takes them back', () => {
    const path = newSessionPath()
    const session = open(path)
    expect(session.summary()).toMatchObject({ title: '', note: '' })
    expect(session.organiser.editInfo(info)).toEqual({ title: '', note: '' })
    expect(session.organiser.editInfo({ title: 'Other' })).toEqual({ title: info.title })
    session.close()
    expect(open(path).summary()).toMatchObject({ ...info, title: 'Other' })
  })
})

describe('figures', () => {
  test('are kept in their order; saving one again replaces it and answers what it was', () => {
    const path = newSessionPath()
    const session = open(path)
    const { organiser } = session
    expect(organiser.saveFigure(figure)).toBeNull()
    const { name, spec } = figure
    organiser.saveFigure({ id: 'last', name, spec })
    organiser.saveFigure({ id: 'first', name, spec, position: -1 })
    const before = organiser.listFigures()
    expect(before.map(({ id }) => id)).toEqual(['first', figure.id, 'last'])
    before.forEach((one) => storedFigureSchema.parse(one))
    const other = { name: 'other', spec: { ...spec, width: 500 } }
    const previous = organiser.saveFigure({ id: figure.id, ...other })
    expect(previous).toEqual(before[1])
    expect(organiser.listFigures()[1]).toMatchObject({
      ...other,
      ...{ position: figure.position, createdAt: figure.createdAt }
    })
    session.close()
    expect(open(path).organiser.listFigures()).toHaveLength(3)
  })

  test('are deleted, and saved again from what that answers', () => {
    const { organiser } = open(newSessionPath())
    organiser.saveFigure(figure)
    const deleted = organiser.deleteFigure(figure.id)
    expect(deleted).toMatchObject(figure)
    expect(organiser.listFigures()).toEqual([])
    const { id, name, spec, position, createdAt } = deleted
    organiser.saveFigure({ id, name, spec, position, createdAt })
    expect(organiser.listFigures()).toMatchObject([figure])
    expect(() => organiser.deleteFigure('b')).toThrow(notFound)
  })
})
