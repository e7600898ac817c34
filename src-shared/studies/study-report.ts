import { z } from 'zod'
import { engineReportSchema, runStatusSchema } from '../protocol/results'
import { findingSchema } from './finding'
import { studySizeSchema } from './study-definition'

/** Rows of numbers and words. */
export const studyTableSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  columns: z.array(z.string()).min(1),
  rows: z.array(z.array(z.union([z.number(), z.string(), z.null()])))
})
export type StudyTable = z.infer<typeof studyTableSchema>

/** What one part of a study, or all of it, found. */
export const studyContentSchema = z.object({
  findings: z.array(findingSchema),
  tables: z.array(studyTableSchema),
  /** The session's runs that it rests on. */
  runIds: z.array(z.string())
})
export type StudyContent = z.infer<typeof studyContentSchema>

/** A study in a session, without what it found. */
export const studySummarySchema = z.object({
  id: z.string(),
  /** Which study: the id of its definition. */
  study: z.string(),
  size: studySizeSchema,
  status: runStatusSchema,
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Wall time of the computation so far. */
  wallTimeMs: z.number().nullable(),
  /** Why it failed, null otherwise. */
  problem: z.string().nullable()
})
export type StudySummary = z.infer<typeof studySummarySchema>

/** A study with all that it has found so far. */
export const studyReportSchema = studySummarySchema.extend({
  parameters: z.record(z.string(), z.json()),
  environment: z.looseObject(engineReportSchema.shape).nullable(),
  content: studyContentSchema
})
export type StudyReport = z.infer<typeof studyReportSchema>

/** Where a running study stands. */
export const studyProgressSchema = z.object({
  studyId: z.string(),
  /** The part in work, in words. */
  part: z.string(),
  partIndex: z.int(),
  partCount: z.int(),
  /** Share of all work done, an estimate. */
  fraction: z.number().min(0).max(1),
  elapsedMs: z.number(),
  /** An estimate; null until there is a rate to estimate from. */
  remainingMs: z.number().nullable()
})
export type StudyProgress = z.infer<typeof studyProgressSchema>

/** What several parts found, one after the other. */
export function joinedContent(parts: readonly StudyContent[]): StudyContent {
  return {
    findings: parts.flatMap(({ findings }) => findings),
    tables: parts.flatMap(({ tables }) => tables),
    runIds: [...new Set(parts.flatMap(({ runIds }) => runIds))]
  }
}
