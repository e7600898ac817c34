import type Database from 'better-sqlite3'
import type { BundleImport } from '@shared/protocol/bundle'
import { LabError } from '@shared/protocol/errors'
import { ownedTables, quoted, quotedList, rootKeys, type RootTable } from './session-tables'

/**
 * Copies everything of a checked session of the newest format into another, in one transaction. What is
 * there already stays as it is.
 *
 * @param path the session that is copied; not open elsewhere
 * @throws {LabError} 'invalid-request' where a run has the id of another one in the session: nothing is
 *   copied then
 */
export function takeOver(database: Database.Database, path: string): BundleImport {
  database.prepare('ATTACH ? AS source').run(path)
  try {
    return database
      .transaction((): BundleImport => {
        const datasets = copyRoot(database, 'dataset', () => null)
        const runs = copyRoot(database, 'run', (id) => differences(database, id))
        return {
          datasets: datasets.map(({ id, ...rest }) => ({ sha256: id, ...rest })),
          runs,
          figures: copyRoot(database, 'figure', () => null),
          studies: copyRoot(database, 'study', () => null)
        }
      })
      .immediate()
  } finally {
    database.exec('DETACH source')
  }
}

/** What a row of a root is called. */
const nameColumns: Readonly<Record<RootTable, string>> = {
  run: 'name',
  dataset: 'name',
  figure: 'name',
  study: 'study'
}

/** @param objection why a row with the key of one that is there cannot be that one; null if it is */
function copyRoot(
  database: Database.Database,
  root: RootTable,
  objection: (id: string) => string | null
): { id: string; name: string; isNew: boolean }[] {
  const key = quoted(rootKeys[root])
  const tables = ownedTables(database, root)
  const exists = database.prepare<[string]>(`SELECT 1 FROM main.${quoted(root)} WHERE ${key} = ?`)
  const rows = database
    .prepare<[], { id: string; name: string }>(
      `SELECT ${key} AS id, ${nameColumns[root]} AS name FROM source.${quoted(root)} ORDER BY number`
    )
    .all()
  return rows.map(({ id, name }) => {
    if (exists.get(id)) {
      const problem = objection(id)
      if (problem !== null) throw new LabError('invalid-request', problem)
      // One that was deleted comes back.
      if (root === 'run') database.prepare('UPDATE main.run SET deleted = 0 WHERE id = ?').run(id)
      return { id, name, isNew: false }
    }
    for (const table of tables) {
      const columns = quotedList(table.columns)
      database
        .prepare(
          `INSERT INTO main.${quoted(table.name)} (${columns}) SELECT ${columns}
           FROM source.${quoted(table.name)} WHERE ${quoted(table.key)} = ? ORDER BY rowid`
        )
        .run(id)
    }
    return { id, name, isNew: true }
  })
}

/** Results of a run that is in both: what it learned from, how far it came, and its arrays. */
const contents = (schema: 'main' | 'source'): string => `
  SELECT json_array(config_hash, status, (
    SELECT json_group_array(json_array(owner_kind, owner_index, name, hex(checksum))) FROM (
      SELECT * FROM ${schema}.array WHERE run_id = run.id AND owner_kind <> 'checkpoint'
      ORDER BY owner_kind, owner_index, name
    )
  )) FROM ${schema}.run AS run WHERE id = ?`

function differences(database: Database.Database, id: string): string | null {
  const [ours, theirs] = (['main', 'source'] as const).map((schema) =>
    database.prepare<[string], string>(contents(schema)).pluck().get(id)
  )
  if (ours === theirs) return null
  return (
    `Run ${id} is in the session already, with other results: delete it there first, ` +
    'or import the bundle into another session.'
  )
}
