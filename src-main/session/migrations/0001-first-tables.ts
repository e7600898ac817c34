import type { Migration } from './migration'

/** Runs with their predictions, ensembles and arrays. */
export const firstTables: Migration = {
  version: 1,
  up: (database) => {
    database.exec(`
      CREATE TABLE run (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        status TEXT NOT NULL CHECK (
          status IN ('queued', 'running', 'completed', 'failed', 'interrupted', 'cancelled')
        ),
        seed INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        started_at TEXT,
        finished_at TEXT,
        wall_time_ms REAL,
        step_size REAL NOT NULL,
        config_hash TEXT NOT NULL CHECK (length(config_hash) = 64),
        problem TEXT,
        warnings TEXT NOT NULL,
        environment TEXT,
        experiment TEXT NOT NULL
      ) STRICT;

      CREATE TABLE prediction (
        run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        condition_index INTEGER NOT NULL CHECK (condition_index >= 0),
        label TEXT NOT NULL,
        sweep_value REAL,
        diagnostics TEXT NOT NULL,
        PRIMARY KEY (run_id, condition_index)
      ) STRICT;

      CREATE TABLE ensemble (
        run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        ensemble_index INTEGER NOT NULL CHECK (ensemble_index >= 0),
        width INTEGER NOT NULL CHECK (width > 0),
        condition_index INTEGER NOT NULL CHECK (condition_index >= 0),
        label TEXT NOT NULL,
        final_loss REAL,
        agreement TEXT,
        wall_time_ms REAL,
        PRIMARY KEY (run_id, ensemble_index)
      ) STRICT;

      CREATE TABLE array (
        number INTEGER PRIMARY KEY,
        run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        owner_kind TEXT NOT NULL CHECK (owner_kind IN ('prediction', 'ensemble')),
        owner_index INTEGER NOT NULL CHECK (owner_index >= 0),
        name TEXT NOT NULL,
        dtype TEXT NOT NULL CHECK (dtype IN ('float64', 'float32', 'int32')),
        shape TEXT NOT NULL,
        checksum BLOB NOT NULL CHECK (length(checksum) = 32),
        data BLOB NOT NULL,
        UNIQUE (run_id, owner_kind, owner_index, name)
      ) STRICT;
    `)
  }
}
