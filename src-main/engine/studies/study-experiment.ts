import { z } from 'zod'
import { experimentSchema, type Experiment } from '@shared/design/experiment'
import { LabError } from '@shared/protocol/errors'
import { listPresets } from '../presets'

/**
 * An experiment of a study: a preset, with some of its keys replaced. Without changes it is the preset
 * itself, so that a run of the preset that the session has is found.
 */
export const studyExperimentSchema = z
  .strictObject({
    preset: z.string(),
    changes: z.record(z.string(), z.json()).default({})
  })
  .transform(({ preset: id, changes }, context): Experiment => {
    const preset = listPresets().find((one) => one.id === id)
    if (!preset) throw new LabError('not-found', `there is no preset ${id}`)
    const parsed = experimentSchema.safeParse({ ...preset.experiment, ...changes })
    if (parsed.success) return parsed.data
    for (const { path, message } of parsed.error.issues) {
      context.addIssue({ code: 'custom', path: ['changes', ...path], message })
    }
    return z.NEVER
  })
