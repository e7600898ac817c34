import { firstTables } from './0001-first-tables'
import { datasetTables } from './0002-datasets'
import { checkpoints } from './0003-checkpoints'
import { organise } from './0004-organise'
import { studyTables } from './0005-studies'
import { queueTable } from './0006-queue'
import type { Migration } from './migration'

/** Every step of the session format, oldest first. */
export const migrations: readonly Migration[] = [
  firstTables,
  datasetTables,
  checkpoints,
  organise,
  studyTables,
  queueTable
]
