import { z } from 'zod'
import { dataFormats } from './run-data'

const path = z.string().min(1)
const runIds = z.array(z.string().min(1)).min(1)

/** Which data of a run go into files. */
export const dataChoiceSchema = z.strictObject({
  runId: z.string().min(1),
  format: z.enum(dataFormats),
  /** Also kernels, which are large. */
  kernels: z.boolean()
})

/** Data of a run into a folder. */
export const dataExportSchema = dataChoiceSchema.extend({ folder: path })

/** Runs as a whole into one file. */
export const bundleExportSchema = z.strictObject({ runIds, path })

/** A report of all runs that have results, or of some, into one HTML file. */
export const reportExportSchema = z.strictObject({ runIds: runIds.nullable(), path })

/** The report, tables and figures of a study into a folder. */
export const studyExportSchema = z.strictObject({ studyId: z.string().min(1), folder: path })

/** The files written. */
export const writtenFilesSchema = z.object({ files: z.array(z.string()) })

export const reportFormats = ['html', 'pdf'] as const
export type ReportFormat = (typeof reportFormats)[number]
