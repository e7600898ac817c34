import { z } from 'zod'
import { experimentSchema } from '../design/experiment'
import { presetSchema } from '../design/preset'
import { runComparisonSchema } from '../comparison/compare-runs'
import {
  figureRequestSchema,
  figureSpecSchema,
  offeredFigureSchema
} from '../figures/figure-request'
import { plotSchema } from '../figures/plot'
import { runEditSchema } from '../organise/run-edit'
import { runRecordSchema } from '../organise/run-record'
import { sessionEditSchema } from '../organise/session-info'
import { newFigureSchema, storedFigureSchema } from '../organise/stored-figure'
import { studyDefinitionSchema, studySizeSchema } from '../studies/study-definition'
import { studyProgressSchema, studyReportSchema, studySummarySchema } from '../studies/study-report'
import { byteArray } from './arrays'
import { bundleImportSchema } from './bundle'
import { dataViewRequestSchema, dataViewSchema } from './data-view'
import {
  datasetListSchema,
  datasetPreviewSchema,
  importOptionsSchema,
  importRequestSchema,
  importResultSchema
} from './datasets'
import { liveViewSchema } from './live'
import { previewRequestSchema, previewSchema } from './preview'
import { queueMoves, queueStateSchema } from './queue'
import {
  bundleExportSchema,
  dataExportSchema,
  studyExportSchema,
  reportExportSchema,
  writtenFilesSchema
} from './exports'
import {
  engineReportSchema,
  forecastSchema,
  functionViewSchema,
  lossViewSchema,
  runDetailSchema,
  runProgressSchema,
  runSummarySchema,
  sessionSummarySchema
} from './results'
import {
  sweepForecastSchema,
  sweepRequestSchema,
  sweepStartedSchema,
  sweepStartSchema
} from './sweeps'
import { compactReportSchema, restoreReportSchema, verifyReportSchema } from './session-care'

const nothing = z.strictObject({})
const runId = z.strictObject({ runId: z.string().min(1) })
const runIds = z.strictObject({ runIds: z.array(z.string().min(1)).min(1) })
const runEdits = z.strictObject({ edits: z.array(runEditSchema).min(1) })
const studyId = z.strictObject({ studyId: z.string().min(1) })
const ensembleOfRun = runId.extend({ ensembleIndex: z.int().min(0) })

/**
 * Everything the engine can be asked, by channel: the request's schema and its result's.
 * Both sides of a port validate with these and derive their types from them.
 */
export const channels = {
  'engine.describe': { request: nothing, result: engineReportSchema },
  'session.describe': { request: nothing, result: sessionSummarySchema },
  /**
   * Opens a session file, made where it does not exist; for reading only, also one that another process
   * writes. Only the main process may ask.
   */
  'session.open': {
    request: z.strictObject({ path: z.string().min(1), readOnly: z.boolean().optional() }),
    result: sessionSummarySchema
  },
  /** Changes the session's title or note; answers the edit that takes this one back. */
  'session.edit': { request: sessionEditSchema, result: sessionEditSchema },
  /** Copies the open session into a file that is not there yet. Only the main process may ask. */
  'session.copy': { request: z.strictObject({ path: z.string().min(1) }), result: nothing },
  /** Holds everything in the open session against what it must be. */
  'session.verify': { request: nothing, result: verifyReportSchema },
  /** Gives the space of what was removed back to the disk. */
  'session.compact': { request: nothing, result: compactReportSchema },
  /** Puts a damaged session's backup in its place, without opening it. Only the main process may ask. */
  'session.restore': {
    request: z.strictObject({ path: z.string().min(1) }),
    result: restoreReportSchema
  },
  'preset.list': { request: nothing, result: z.array(presetSchema) },
  'experiment.forecast': {
    request: z.strictObject({ experiment: experimentSchema }),
    result: forecastSchema
  },
  /** What theory says of a network before anything is trained; null where a newer preview was asked for. */
  'theory.preview': { request: previewRequestSchema, result: previewSchema.nullable() },
  'dataset.list': { request: nothing, result: datasetListSchema },
  /** Training and test data as an experiment would use them, in pictures and numbers. */
  'dataset.show': { request: dataViewRequestSchema, result: dataViewSchema },
  /** What a file with data holds. Only the main process may ask. */
  'dataset.preview': {
    request: z.strictObject({ path: z.string().min(1), options: importOptionsSchema }),
    result: datasetPreviewSchema
  },
  /** Stores a file's data in the session. Only the main process may ask. */
  'dataset.import': { request: importRequestSchema, result: importResultSchema },
  /** Queues a run and answers at once; its progress comes as events. */
  'run.start': { request: z.strictObject({ experiment: experimentSchema }), result: runId },
  /** What a sweep would take; null where a newer one was asked for. */
  'sweep.forecast': { request: sweepRequestSchema, result: sweepForecastSchema.nullable() },
  /** Queues the runs of a sweep and answers at once. */
  'sweep.start': { request: sweepStartSchema, result: sweepStartedSchema },
  /** What is computed, what waits for it, and what was left when the session was closed. */
  'queue.show': { request: nothing, result: queueStateSchema },
  /** Lets what is computed go on to its end but begins nothing after it, or begins again. */
  'queue.hold': { request: z.strictObject({ held: z.boolean() }), result: nothing },
  'queue.move': {
    request: z.strictObject({ id: z.string().min(1), to: z.enum(queueMoves) }),
    result: nothing
  },
  /** Queues what was left when the session was closed. */
  'queue.take-up': { request: nothing, result: z.object({ runIds: z.array(z.string()) }) },
  /** Queues a new run of a run's experiment, with its name, group and tags; answers the new one. */
  'run.repeat': { request: runId, result: runId },
  'run.cancel': { request: runId, result: nothing },
  /** Stops a run so that it can go on where it stopped. */
  'run.pause': { request: runId, result: nothing },
  /** Queues a paused or interrupted run again. */
  'run.resume': { request: runId, result: nothing },
  /** The newest paused or interrupted run of an experiment. */
  'run.find-resumable': {
    request: z.strictObject({ experiment: experimentSchema }),
    result: z.object({ runId: z.string().nullable() })
  },
  'run.list': { request: nothing, result: z.array(runSummarySchema) },
  'run.show': { request: runId, result: runDetailSchema },
  /** Changes labels of runs, all or none; answers the edits that take these back. */
  'run.edit': { request: runEdits, result: runEdits },
  /** Every run as a row of a table, newest first: no arrays are read. */
  'run.records': { request: nothing, result: z.array(runRecordSchema) },
  /** What differs between runs, and their results grouped by parameters: no arrays are read. */
  'run.compare': {
    request: runIds.extend({
      /** Fields to group by; null: all in which the runs differ but the seed. */
      groupBy: z.array(z.string().min(1)).nullable()
    }),
    result: runComparisonSchema
  },
  /** Takes runs out of sight, and for good when the session is closed. */
  'run.delete': { request: runIds, result: nothing },
  /** Brings back runs deleted since the session was opened. */
  'run.restore': { request: runIds, result: nothing },
  /** What the ensemble in training looks like; null where none of the run is in training. */
  'run.live': { request: runId, result: liveViewSchema.nullable() },
  'run.function': {
    request: ensembleOfRun.extend({
      /** A recorded step; null for the last. */
      step: z.int().min(0).nullable(),
      maximumMembers: z.int().min(0).max(1000)
    }),
    result: functionViewSchema
  },
  'run.loss': { request: ensembleOfRun, result: lossViewSchema },
  'figure.list': { request: nothing, result: z.array(storedFigureSchema) },
  /** Stores a figure; answers the one of the same id as it was before, null for a new one. */
  'figure.save': {
    request: newFigureSchema,
    result: z.object({ previous: storedFigureSchema.nullable() })
  },
  /** Removes a figure and answers it. */
  'figure.delete': {
    request: z.strictObject({ id: z.string().min(1) }),
    result: storedFigureSchema
  },
  /** The figures that a run's data allow, for one ensemble and step of it, and why not the others. */
  'figure.offer': {
    request: ensembleOfRun.extend({ step: z.int().min(0).nullable() }),
    result: z.array(offeredFigureSchema)
  },
  /** A figure as plain data, as its edits have changed it. */
  'figure.data': {
    request: figureSpecSchema.pick({ source: true, edits: true }),
    result: plotSchema
  },
  /** The studies that there are, and those of the session, newest first. */
  'study.list': {
    request: nothing,
    result: z.object({
      available: z.array(studyDefinitionSchema),
      stored: z.array(studySummarySchema)
    })
  },
  /** Queues a study, or goes on with one that was stopped, and answers at once. */
  'study.start': {
    request: z.strictObject({ study: z.string().min(1), size: studySizeSchema }),
    result: studyId
  },
  'study.show': { request: studyId, result: studyReportSchema },
  /** Stops a study so that it can go on where it stopped. */
  'study.cancel': { request: studyId, result: nothing },
  'figure.render': {
    request: figureRequestSchema,
    result: z.object({ bytes: byteArray, fileName: z.string() })
  },
  /** Write into files, and take them in again. Only the main process may ask. */
  'export.data': { request: dataExportSchema, result: writtenFilesSchema },
  'export.study': { request: studyExportSchema, result: writtenFilesSchema },
  'export.bundle': { request: bundleExportSchema, result: writtenFilesSchema },
  'export.report': { request: reportExportSchema, result: writtenFilesSchema },
  'bundle.import': {
    request: z.strictObject({ path: z.string().min(1) }),
    result: bundleImportSchema
  }
} as const

export type Channel = keyof typeof channels
export type RequestOf<C extends Channel> = z.input<(typeof channels)[C]['request']>
export type ResultOf<C extends Channel> = z.infer<(typeof channels)[C]['result']>

/** What the engine tells without being asked. */
export const engineEvents = {
  /** Runs were added, or a run's status or results changed. */
  'runs.changed': z.object({ runId: z.string().nullable() }),
  'run.progress': runProgressSchema,
  /** What is computed or waits changed, or its order. */
  'queue.changed': nothing,
  /** Figures of the session were added, changed or removed. */
  'figures.changed': nothing,
  /** A study was added, or its status or findings changed. */
  'studies.changed': z.object({ studyId: z.string().nullable() }),
  'study.progress': studyProgressSchema,
  'session.changed': sessionSummarySchema
} as const

export type EngineEventName = keyof typeof engineEvents
export type EngineEvent<E extends EngineEventName> = z.infer<(typeof engineEvents)[E]>
