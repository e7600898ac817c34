import { z } from 'zod'

/** One thing in a session's file that is not as it must be. */
export const findingSchema = z.object({
  /**
   * 'structure' of the file, 'reference' to a row that is not there, an 'array' whose bytes are not
   * those that were stored, a 'value' that does not fit its schema.
   */
  kind: z.enum(['structure', 'reference', 'array', 'value']),
  /** null where no table can be named. */
  table: z.string().nullable(),
  /** SQLite's rowid; null where no row can be named. */
  row: z.int().nullable(),
  /** null where it is not about one column. */
  column: z.string().nullable(),
  /** Table, row and column in words. */
  place: z.string(),
  problem: z.string()
})
export type Finding = z.infer<typeof findingSchema>

/** What a session's file holds, and what in it is not as it must be. */
export const verifyReportSchema = z.object({
  isSound: z.boolean(),
  /** null where the file is too damaged to tell. */
  format: z.int().nullable(),
  /** Rows by table. */
  rows: z.record(z.string(), z.int()),
  arrayBytes: z.number(),
  findings: z.array(findingSchema)
})
export type VerifyReport = z.infer<typeof verifyReportSchema>

/** How much space compacting a session's file gave back. */
export const compactReportSchema = z.object({ bytesBefore: z.number(), bytesAfter: z.number() })
export type CompactReport = z.infer<typeof compactReportSchema>

/** A run that a restored backup lacks, or has in an earlier state. */
export const lostRunSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  /** What the backup has of it. */
  inBackup: z.enum(['nothing', 'an earlier state'])
})

/** What restoring a session from its backup did. */
export const restoreReportSchema = z.object({
  /** Where the damaged file is now. */
  setAside: z.string(),
  /** When the backup was made; ISO 8601, UTC. */
  backupTime: z.string(),
  lostRuns: z.array(lostRunSchema),
  /** Not all of the damaged file's list of runs could be read, so more may be lost. */
  listIsIncomplete: z.boolean()
})
export type RestoreReport = z.infer<typeof restoreReportSchema>

/** What could be saved of a damaged session. */
export const repairReportSchema = z.object({
  /** Rows saved, by table. */
  saved: z.record(z.string(), z.int()),
  /** What could not be saved, and why. */
  lost: z.array(findingSchema),
  /** Runs that lack results now; resuming them computes these again. */
  incompleteRuns: z.array(z.object({ id: z.string(), name: z.string() }))
})
export type RepairReport = z.infer<typeof repairReportSchema>

/** What a session merged from two others holds. */
export const mergeReportSchema = z.object({
  /** Runs that were kept, by the session that they are from. */
  runs: z.tuple([z.int(), z.int()]),
  /** Runs left out because the same experiment with the same seed was kept. */
  duplicates: z.int(),
  /** Experiments that differ in nothing but the seed, with the seeds of their runs. */
  experiments: z.array(z.object({ name: z.string(), seeds: z.array(z.number()) })),
  datasets: z.int()
})
export type MergeReport = z.infer<typeof mergeReportSchema>
