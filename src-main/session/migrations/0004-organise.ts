import type { Migration } from './migration'

/**
 * Runs have notes, groups, tags and an archive flag, and stay restorable after they were deleted until
 * the session is closed. Sessions have a title and a note, and keep figures.
 */
export const organise: Migration = {
  version: 4,
  up: (database) => {
    database.exec(`
      ALTER TABLE run ADD COLUMN note TEXT NOT NULL DEFAULT '';
      ALTER TABLE run ADD COLUMN group_name TEXT;
      ALTER TABLE run ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1));
      ALTER TABLE run ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1));
      CREATE INDEX run_config_hash ON run (config_hash);

      CREATE TABLE run_tag (
        run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        tag TEXT NOT NULL CHECK (tag <> ''),
        PRIMARY KEY (run_id, tag)
      ) STRICT;

      CREATE TABLE session_info (
        number INTEGER PRIMARY KEY CHECK (number = 1),
        title TEXT NOT NULL,
        note TEXT NOT NULL
      ) STRICT;
      INSERT INTO session_info VALUES (1, '', '');

      CREATE TABLE figure (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        position REAL NOT NULL,
        created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        spec TEXT NOT NULL
      ) STRICT;
    `)
  }
}
