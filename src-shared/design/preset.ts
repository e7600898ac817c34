import { z } from 'zod'
import { experimentSchema } from './experiment'

/** A ready-made experiment in resources/presets. */
export const presetSchema = z.strictObject({
  /** How the command line calls it. */
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  /** What it shows, and which figure of the paper it follows. */
  about: z.string(),
  experiment: experimentSchema
})
export type Preset = z.infer<typeof presetSchema>
