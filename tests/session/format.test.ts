import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { getTableColumns, getTableName } from 'drizzle-orm'
import { describe, expect, onTestFinished, test } from 'vitest'
import { closeDatabase, openDatabase } from '../../src-main/session/database'
import { applicationId } from '../../src-main/session/file-header'
import { checkpoints } from '../../src-main/session/migrations/0003-checkpoints'
import { migrations } from '../../src-main/session/migrations/index'
import { datasetTables } from '../../src-main/session/migrations/0002-datasets'
import { organise } from '../../src-main/session/migrations/0004-organise'
import { studyTables } from '../../src-main/session/migrations/0005-studies'
import { queueTable } from '../../src-main/session/migrations/0006-queue'
import type { Migration } from '../../src-main/session/migrations/migration'
import * as schema from '../../src-main/session/schema'
import { newSessionPath, open } from './open'
import {
  agreement,
  classified,
  diagnostics,
  experiment,
  figure,
  info,
  labels,
  sampleEnsemble,
  sampleRun,
  sampleStudy,
  studyContent,
  unlabelled
} from './sample-values'

function database(path = newSessionPath(), steps?: readonly Migration[]): Database.Database {
  const opened = openDatabase(path, '0.1.0', steps)
  onTestFinished(() => {
    closeDatabase(opened)
  })
  return opened
}

const pragma = (from: Database.Database, name: string): unknown =>
  from.pragma(name, { simple: true })

const objects = (from: Database.Database): unknown[] =>
  from
    .prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE '%stat_' ORDER BY name")
    .all()

describe('a fresh session', () => {
  test('has the settings that its promises rest on', () => {
    const fresh = database()
    expect({
      application: pragma(fresh, 'application_id'),
      version: pragma(fresh, 'user_version'),
      journal: pragma(fresh, 'journal_mode'),
      locking: pragma(fresh, 'locking_mode'),
      synchronous: pragma(fresh, 'synchronous'),
      foreignKeys: pragma(fresh, 'foreign_keys')
    }).toEqual({
      application: applicationId,
      version: migrations.length,
      journal: 'wal',
      locking: 'normal',
      synchronous: 2,
      foreignKeys: 1
    })
  })

  test('has them again when it is opened again', () => {
    const path = newSessionPath()
    open(path).close()
    const again = database(path)
    expect(
      ['journal_mode', 'synchronous', 'foreign_keys'].map((name) => pragma(again, name))
    ).toEqual(['wal', 2, 1])
  })

  test('has these tables', () => {
    expect(objects(database())).toMatchSnapshot()
  })

  test('has the tables that queries are typed from', () => {
    const fresh = database()
    const tables = [
      schema.runs,
      schema.runTags,
      schema.queueEntries,
      schema.predictions,
      schema.ensembles,
      schema.arrays,
      schema.checkpoints,
      schema.sessionInfo,
      schema.figures,
      schema.datasets,
      schema.datasetArrays,
      schema.studies,
      schema.studyParts
    ]
    for (const table of tables) {
      const stated = Object.values(getTableColumns(table)).map((column) => ({
        name: column.name,
        type: column.getSQLType().toUpperCase(),
        // SQLite fills in an integer primary key that is left out.
        notnull: column.notNull && !(column.primary && column.getSQLType() === 'integer') ? 1 : 0
      }))
      const actual = fresh
        .prepare('SELECT name, type, "notnull" FROM pragma_table_info(?)')
        .all(getTableName(table))
      expect(actual).toEqual(stated)
    }
  })

  test('refuses values of the wrong type, unknown statuses and rows without their run', () => {
    const path = newSessionPath()
    const session = open(path)
    session.addRun(sampleRun('a'))
    session.close()
    const raw = database(path)
    const attempts = {
      "UPDATE run SET seed = 'one'": /cannot store TEXT value in INTEGER column run.seed/,
      "UPDATE run SET status = 'lost'": /CHECK constraint failed: status/,
      "INSERT INTO prediction VALUES ('b', 0, '', NULL, '{}')": /FOREIGN KEY constraint failed/
    }
    for (const [statement, message] of Object.entries(attempts)) {
      expect(() => raw.exec(statement)).toThrow(message)
    }
  })
})

describe('migrations', () => {
  const next = migrations.length + 1
  const addColumn: Migration = {
    version: next,
    up: (db) => {
      db.exec("ALTER TABLE run ADD COLUMN mood TEXT NOT NULL DEFAULT ''")
    }
  }

  test('are numbered from 1 without gaps', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, i) => i + 1))
  })

  test('keep the rows that are there', () => {
    const path = newSessionPath()
    const session = open(path)
    session.addRun(sampleRun('a'))
    session.addEnsemble('a', sampleEnsemble(0), {})
    session.close()
    const before = database(path)
    const rows = before.prepare('SELECT * FROM run').all() as object[]
    closeDatabase(before)
    const after = database(path, [...migrations, addColumn])
    expect(pragma(after, 'user_version')).toBe(next)
    expect(after.prepare('SELECT * FROM run').all()).toEqual(
      rows.map((row) => ({ ...row, mood: '' }))
    )
    expect(after.prepare('SELECT count(*) FROM ensemble').pluck().get()).toBe(1)
  })

  test('that fail leave the file at the step before', () => {
    const path = newSessionPath()
    open(path).close()
    const failing: Migration = {
      version: next + 1,
      up: (db) => {
        db.exec('DROP TABLE array')
        throw new Error('out of ideas')
      }
    }
    expect(() => database(path, [...migrations, addColumn, failing])).toThrow('out of ideas')
    const after = database(path, [...migrations, addColumn])
    expect(pragma(after, 'user_version')).toBe(next)
    expect(after.prepare('SELECT count(*) FROM array').pluck().get()).toBe(0)
  })

  test('that leave rows without what they refer to fail', () => {
    const path = newSessionPath()
    const session = open(path)
    session.addRun(sampleRun('a'))
    session.addEnsemble('a', sampleEnsemble(0), {})
    session.close()
    const careless: Migration = {
      version: next,
      up: (db) => {
        db.exec('DELETE FROM run')
      }
    }
    expect(() => database(path, [...migrations, careless])).toThrow(
      `migration ${next} leaves rows without what they refer to in ensemble`
    )
    expect(database(path).prepare('SELECT count(*) FROM run').pluck().get()).toBe(1)
  })

  test('bring every released format to the newest, with its contents', () => {
    const fresh = database()
    for (const { version } of migrations) {
      const path = newSessionPath()
      copyFileSync(join(import.meta.dirname, 'fixtures', `format-${version}.sqlite`), path)
      const raw = database(path)
      expect(objects(raw)).toEqual(objects(fresh))
      closeDatabase(raw)
      const session = open(path)
      const { id = '' } = session.listRuns().find(({ status }) => status === 'completed') ?? {}
      expect(session.showRun(id)).toMatchObject({
        status: 'completed',
        experiment,
        recordedSteps: [0, 1, 3000],
        ensembles: [{ agreement }]
      })
      expect(session.readPrediction(id, 0).diagnostics).toEqual(diagnostics)
      expect(session.readArray(id, 'prediction', 0, 'mean').data).toEqual(
        Float64Array.of(0.1, -0, Infinity)
      )
      const data = session.listDatasets().map(({ sha256 }) => session.readDataset(sha256))
      expect(data).toEqual(version >= datasetTables.version ? [classified] : [])
      const paused = session.listRuns().find(({ status }) => status === 'paused')
      expect(paused !== undefined).toBe(version >= checkpoints.version)
      if (paused) {
        const saved = session.readCheckpoint(paused.id)
        expect(saved?.checkpoint.position).toMatchObject({ blockMembers: 4, step: 7 })
        expect(saved?.arrays['variable0']?.data).toEqual(Float32Array.of(1.5, -0, 2))
      }
      const isOrganised = version >= organise.version
      expect(session.showRun(id)).toMatchObject(isOrganised ? labels : unlabelled)
      expect(session.organiser.info()).toEqual(isOrganised ? info : { title: '', note: '' })
      expect(session.organiser.listFigures()).toMatchObject(isOrganised ? [figure] : [])
      const studies = session.studies.list().map((one) => session.studies.show(one.id))
      const content = studyContent('part', 'run-1')
      const stored = { id: sampleStudy.id, parameters: sampleStudy.parameters, content }
      expect(studies).toMatchObject(version >= studyTables.version ? [stored] : [])
      const waiting = { id: 'waiting', name: 'run waiting', status: 'queued' }
      expect(session.queue.read()).toEqual(version >= queueTable.version ? [waiting] : [])
    }
  })
})
