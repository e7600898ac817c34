import type { Migration } from './migration'

/** The queue of runs outlives the process that computes them. */
export const queueTable: Migration = {
  version: 6,
  up: (database) => {
    database.exec(`
      CREATE TABLE queue_entry (
        run_id TEXT NOT NULL PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
        place INTEGER NOT NULL CHECK (place >= 0)
      ) STRICT;
    `)
  }
}
