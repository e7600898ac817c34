import { z } from 'zod'

/** `quick` takes less than two minutes on two cores; `full` is the size of the paper. */
export const studySizes = ['quick', 'full'] as const
export const studySizeSchema = z.enum(studySizes)
export type StudySize = z.infer<typeof studySizeSchema>

/** What a study computes with; its analysis says which keys there are. */
const parametersSchema = z.record(z.string(), z.json())

/** A ready-made study in resources/studies: a claim, and the parameters with which it is checked. */
export const studyDefinitionSchema = z.strictObject({
  /** How the command line calls it. */
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  /** What is computed, in a few sentences. */
  about: z.string(),
  /** What theory says and the study holds against numbers. */
  claim: z.string(),
  /** Goes further than arXiv 2405.15539. */
  beyondPaper: z.boolean().default(false),
  sizes: z.strictObject({ quick: parametersSchema, full: parametersSchema })
})
export type StudyDefinition = z.infer<typeof studyDefinitionSchema>
