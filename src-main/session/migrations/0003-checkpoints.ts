import type { Migration } from './migration'

/**
 * Runs can be paused, and keep what they resume from: a checkpoint with its arrays. Ensembles say what
 * their training took.
 */
export const checkpoints: Migration = {
  version: 3,
  up: (database) => {
    // SQLite cannot change a CHECK: tables whose checks allow more are made anew and filled.
    database.exec(`
      CREATE TABLE new_run (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        status TEXT NOT NULL CHECK (
          status IN (
            'queued', 'running', 'paused', 'completed', 'failed', 'interrupted', 'cancelled'
          )
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
      INSERT INTO new_run SELECT * FROM run;
      DROP TABLE run;
      ALTER TABLE new_run RENAME TO run;

      CREATE TABLE new_array (
        number INTEGER PRIMARY KEY,
        run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        owner_kind TEXT NOT NULL CHECK (owner_kind IN ('prediction', 'ensemble', 'checkpoint')),
        owner_index INTEGER NOT NULL CHECK (owner_index >= 0),
        name TEXT NOT NULL,
        dtype TEXT NOT NULL CHECK (dtype IN ('float64', 'float32', 'int32')),
        shape TEXT NOT NULL,
        checksum BLOB NOT NULL CHECK (length(checksum) = 32),
        data BLOB NOT NULL,
        UNIQUE (run_id, owner_kind, owner_index, name)
      ) STRICT;
      INSERT INTO new_array SELECT * FROM array;
      DROP TABLE array;
      ALTER TABLE new_array RENAME TO array;

      ALTER TABLE ensemble ADD COLUMN training_ms REAL;
      ALTER TABLE ensemble ADD COLUMN flops REAL;

      CREATE TABLE checkpoint (
        run_id TEXT NOT NULL PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
        ensemble_index INTEGER NOT NULL CHECK (ensemble_index >= 0),
        saved_at TEXT NOT NULL,
        position TEXT NOT NULL
      ) STRICT;
    `)
  }
}
