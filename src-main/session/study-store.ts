import { and, asc, desc, eq, inArray, ne } from 'drizzle-orm'
import type { z } from 'zod'
import { unfinishedStatuses, type EngineReport, type RunStatus } from '@shared/protocol/results'
import { LabError } from '@shared/protocol/errors'
import {
  joinedContent,
  studyContentSchema,
  studyReportSchema,
  type StudyContent,
  type StudyReport,
  type StudySummary
} from '@shared/studies/study-report'
import type { StudySize } from '@shared/studies/study-definition'
import { readJson, writeJson } from './json-column'
import type { Orm } from './orm'
import { studies, studyParts } from './schema'

export const parametersSchema = studyReportSchema.shape.parameters
const environmentSchema = studyReportSchema.shape.environment.unwrap()

/** A study about to be queued. */
export interface NewStudy {
  /** A UUID. */
  readonly id: string
  readonly study: string
  readonly size: StudySize
  readonly parameters: z.infer<typeof parametersSchema>
  /** Of everything that determines what it finds, 64 hexadecimal digits. */
  readonly configHash: string
  /** ISO 8601, UTC. */
  readonly createdAt: string
}

/** What changes in a study while it is computed; keys left out stay as they are. */
export interface StudyChanges {
  readonly status?: RunStatus
  /** ISO 8601, UTC. */
  readonly finishedAt?: string
  readonly wallTimeMs?: number
  readonly environment?: EngineReport
  readonly problem?: string | null
}

const summaryColumns = {
  id: studies.id,
  study: studies.study,
  size: studies.size,
  status: studies.status,
  createdAt: studies.createdAt,
  finishedAt: studies.finishedAt,
  wallTimeMs: studies.wallTimeMs,
  problem: studies.problem
}

/**
 * The studies of one session. Every method may throw a LabError, as those of Session.
 */
export class StudyStore {
  /** @param work does a task on the file, turning SQLite's errors into the lab's */
  constructor(
    private readonly orm: Orm,
    private readonly work: <T>(what: string, task: () => T) => T
  ) {}

  /** Studies that a process left behind when it ended become 'interrupted'. */
  markInterrupted(): void {
    this.work('mark interrupted studies', () => {
      const unfinished = inArray(studies.status, [...unfinishedStatuses])
      this.orm.update(studies).set({ status: 'interrupted' }).where(unfinished).run()
    })
  }

  /** Adds a study with status 'queued'. */
  add(study: NewStudy): void {
    this.work('add a study', () => {
      const parameters = writeJson(parametersSchema, study.parameters)
      this.orm
        .insert(studies)
        .values({ ...study, parameters, status: 'queued' })
        .run()
    })
  }

  update(id: string, { environment, ...columns }: StudyChanges): void {
    this.work('update a study', () => {
      const set = {
        ...columns,
        ...(environment && { environment: writeJson(environmentSchema, environment) })
      }
      const { changes } = this.orm.update(studies).set(set).where(eq(studies.id, id)).run()
      if (changes === 0) throw unknownStudy(id)
    })
  }

  /** Stores what a part found, replacing what was stored of it; `number` is its place in the report. */
  addPart(studyId: string, part: string, number: number, content: StudyContent): void {
    this.work('add a part of a study', () => {
      const values = { studyId, part, number, content: writeJson(studyContentSchema, content) }
      this.orm
        .insert(studyParts)
        .values(values)
        .onConflictDoUpdate({ target: [studyParts.studyId, studyParts.part], set: values })
        .run()
    })
  }

  /** The ids of the parts that are finished. */
  finishedParts(studyId: string): Set<string> {
    const ofStudy = eq(studyParts.studyId, studyId)
    return this.work('find parts', () => {
      const rows = this.orm.select({ part: studyParts.part }).from(studyParts).where(ofStudy).all()
      return new Set(rows.map(({ part }) => part))
    })
  }

  /** The newest study of this configuration that has not been completed; null where there is none. */
  findUnfinished(configHash: string): string | null {
    return this.work('find a study', () => {
      const found = this.orm
        .select({ id: studies.id })
        .from(studies)
        .where(and(eq(studies.configHash, configHash), ne(studies.status, 'completed')))
        .orderBy(desc(studies.number))
        .limit(1)
        .get()
      return found?.id ?? null
    })
  }

  /** All studies, newest first. */
  list(): StudySummary[] {
    return this.work('list studies', () =>
      this.orm.select(summaryColumns).from(studies).orderBy(desc(studies.number)).all()
    )
  }

  /** A study with all that its finished parts found. */
  show(id: string): StudyReport {
    return this.work('show a study', () => {
      const { environment, parameters } = studies
      const row = this.orm
        .select({ ...summaryColumns, environment, parameters })
        .from(studies)
        .where(eq(studies.id, id))
        .get()
      if (!row) throw unknownStudy(id)
      const place = (column: string): string => `${column} of study ${id}`
      return {
        ...row,
        parameters: readJson(parametersSchema, row.parameters, place('parameters')),
        environment:
          row.environment === null
            ? null
            : readJson(environmentSchema, row.environment, place('environment')),
        content: this.content(id)
      }
    })
  }

  private content(id: string): StudyContent {
    const parts = this.orm
      .select({ part: studyParts.part, content: studyParts.content })
      .from(studyParts)
      .where(eq(studyParts.studyId, id))
      .orderBy(asc(studyParts.number))
      .all()
    return joinedContent(
      parts.map(({ part, content }) =>
        readJson(studyContentSchema, content, `part ${part} of study ${id}`)
      )
    )
  }
}

function unknownStudy(id: string): LabError {
  return new LabError('not-found', `This session has no study ${id}.`)
}
