import type { Migration } from './migration'

/** Studies, each with the parts that it has finished. */
export const studyTables: Migration = {
  version: 5,
  up: (database) => {
    database.exec(`
      CREATE TABLE study (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        study TEXT NOT NULL,
        size TEXT NOT NULL CHECK (size IN ('quick', 'full')),
        status TEXT NOT NULL CHECK (
          status IN (
            'queued', 'running', 'paused', 'completed', 'failed', 'interrupted', 'cancelled'
          )
        ),
        created_at TEXT NOT NULL,
        finished_at TEXT,
        wall_time_ms REAL,
        config_hash TEXT NOT NULL CHECK (length(config_hash) = 64),
        problem TEXT,
        environment TEXT,
        parameters TEXT NOT NULL
      ) STRICT;

      CREATE TABLE study_part (
        study_id TEXT NOT NULL REFERENCES study (id) ON DELETE CASCADE,
        part TEXT NOT NULL,
        number INTEGER NOT NULL CHECK (number >= 0),
        content TEXT NOT NULL,
        PRIMARY KEY (study_id, part)
      ) STRICT;
    `)
  }
}
