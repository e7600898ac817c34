import type { Migration } from './migration'

/** Imported data with their origin. */
export const datasetTables: Migration = {
  version: 2,
  up: (database) => {
    database.exec(`
      CREATE TABLE dataset (
        number INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
        name TEXT NOT NULL,
        rows INTEGER NOT NULL CHECK (rows > 0),
        input_names TEXT NOT NULL,
        targets TEXT NOT NULL,
        origin TEXT NOT NULL,
        preparation TEXT NOT NULL
      ) STRICT;

      CREATE TABLE dataset_array (
        dataset_sha256 TEXT NOT NULL REFERENCES dataset (sha256) ON DELETE CASCADE,
        name TEXT NOT NULL CHECK (name IN ('inputs', 'targets')),
        dtype TEXT NOT NULL CHECK (dtype IN ('float64', 'float32', 'int32')),
        shape TEXT NOT NULL,
        checksum BLOB NOT NULL CHECK (length(checksum) = 32),
        data BLOB NOT NULL,
        PRIMARY KEY (dataset_sha256, name)
      ) STRICT;
    `)
  }
}
