import { blob, integer, primaryKey, real, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { runStatuses } from '@shared/protocol/results'
import { studySizes } from '@shared/studies/study-definition'
import { dtypes } from './stored-array'

/**
 * The newest session format as queries see it; migrations/ makes it. Columns that hold JSON are
 * texts here: they are validated where they are read.
 */
export const runs = sqliteTable('run', {
  /** Order of insertion. */
  number: integer().primaryKey(),
  id: text().notNull().unique(),
  name: text().notNull(),
  status: text({ enum: runStatuses }).notNull(),
  seed: integer().notNull(),
  createdAt: text('created_at').notNull(),
  startedAt: text('started_at'),
  finishedAt: text('finished_at'),
  wallTimeMs: real('wall_time_ms'),
  stepSize: real('step_size').notNull(),
  configHash: text('config_hash').notNull(),
  problem: text(),
  warnings: text().notNull(),
  environment: text(),
  experiment: text().notNull(),
  /** Markdown. */
  note: text().notNull().default(''),
  groupName: text('group_name'),
  archived: integer({ mode: 'boolean' }).notNull().default(false),
  /** Shown nowhere any more; goes when the session is closed, and can be restored until then. */
  deleted: integer({ mode: 'boolean' }).notNull().default(false)
})

const runId = () =>
  text('run_id')
    .notNull()
    .references(() => runs.id, { onDelete: 'cascade' })

export const runTags = sqliteTable(
  'run_tag',
  { runId: runId(), tag: text().notNull() },
  (table) => [primaryKey({ columns: [table.runId, table.tag] })]
)

/** The runs that are to be computed. */
export const queueEntries = sqliteTable('queue_entry', {
  runId: runId().primaryKey(),
  /** Order of computation, ascending. */
  place: integer().notNull()
})

export const predictions = sqliteTable(
  'prediction',
  {
    runId: runId(),
    conditionIndex: integer('condition_index').notNull(),
    label: text().notNull(),
    sweepValue: real('sweep_value'),
    diagnostics: text().notNull()
  },
  (table) => [primaryKey({ columns: [table.runId, table.conditionIndex] })]
)

export const ensembles = sqliteTable(
  'ensemble',
  {
    runId: runId(),
    index: integer('ensemble_index').notNull(),
    width: integer().notNull(),
    conditionIndex: integer('condition_index').notNull(),
    label: text().notNull(),
    finalLoss: real('final_loss'),
    agreement: text(),
    wallTimeMs: real('wall_time_ms'),
    trainingMs: real('training_ms'),
    flops: real()
  },
  (table) => [primaryKey({ columns: [table.runId, table.index] })]
)

/** What an array belongs to. */
export const ownerKinds = ['prediction', 'ensemble', 'checkpoint'] as const

/** A row-major array of numbers with its checksum. */
const arrayColumns = () => ({
  name: text().notNull(),
  dtype: text({ enum: dtypes }).notNull(),
  shape: text().notNull(),
  /** SHA-256 of data. */
  checksum: blob({ mode: 'buffer' }).notNull(),
  /** Little-endian numbers, row-major. */
  data: blob({ mode: 'buffer' }).notNull()
})

export const arrays = sqliteTable(
  'array',
  {
    number: integer().primaryKey(),
    runId: runId(),
    ownerKind: text('owner_kind', { enum: ownerKinds }).notNull(),
    ownerIndex: integer('owner_index').notNull(),
    ...arrayColumns()
  },
  (table) => [unique().on(table.runId, table.ownerKind, table.ownerIndex, table.name)]
)

/** Imported data; their arrays are 'inputs' and 'targets'. */
export const datasets = sqliteTable('dataset', {
  /** Order of insertion. */
  number: integer().primaryKey(),
  /** Of their contents: names and numbers. */
  sha256: text().notNull().unique(),
  name: text().notNull(),
  rows: integer().notNull(),
  inputNames: text('input_names').notNull(),
  targets: text().notNull(),
  origin: text().notNull(),
  preparation: text().notNull()
})

export const datasetArrays = sqliteTable(
  'dataset_array',
  {
    datasetSha256: text('dataset_sha256')
      .notNull()
      .references(() => datasets.sha256, { onDelete: 'cascade' }),
    ...arrayColumns()
  },
  (table) => [primaryKey({ columns: [table.datasetSha256, table.name] })]
)

export const checkpoints = sqliteTable('checkpoint', {
  runId: runId().primaryKey(),
  ensembleIndex: integer('ensemble_index').notNull(),
  savedAt: text('saved_at').notNull(),
  position: text().notNull()
})

/** Has one row. */
export const sessionInfo = sqliteTable('session_info', {
  number: integer().primaryKey(),
  title: text().notNull(),
  /** Markdown. */
  note: text().notNull()
})

export const figures = sqliteTable('figure', {
  /** Order of insertion. */
  number: integer().primaryKey(),
  id: text().notNull().unique(),
  name: text().notNull(),
  /** Order in lists, ascending. */
  position: real().notNull(),
  createdAt: text('created_at').notNull(),
  changedAt: text('changed_at').notNull(),
  spec: text().notNull()
})
export const studies = sqliteTable('study', {
  /** Order of insertion. */
  number: integer().primaryKey(),
  id: text().notNull().unique(),
  study: text().notNull(),
  size: text({ enum: studySizes }).notNull(),
  status: text({ enum: runStatuses }).notNull(),
  createdAt: text('created_at').notNull(),
  finishedAt: text('finished_at'),
  wallTimeMs: real('wall_time_ms'),
  /** Of everything that determines what it finds. */
  configHash: text('config_hash').notNull(),
  problem: text(),
  environment: text(),
  parameters: text().notNull()
})

export const studyParts = sqliteTable(
  'study_part',
  {
    studyId: text('study_id')
      .notNull()
      .references(() => studies.id, { onDelete: 'cascade' }),
    part: text().notNull(),
    /** Its place among the study's parts. */
    number: integer().notNull(),
    content: text().notNull()
  },
  (table) => [primaryKey({ columns: [table.studyId, table.part] })]
)
