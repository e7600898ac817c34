import { z } from 'zod'
import { figureRequestSchema } from '../figures/figure-request'
import { bundleImportSchema } from './bundle'
import {
  datasetPreviewSchema,
  importOptionsSchema,
  importRequestSchema,
  importResultSchema
} from './datasets'
import { bundleExportSchema, dataChoiceSchema, reportFormats } from './exports'
import { menuEntrySchema } from './menu'
import { recentSessionSchema } from './recent-sessions'

/** Whether the engine can be asked, and why not. */
export const engineStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('ready') }),
  /** It ended unexpectedly and is being started again. */
  z.object({ state: z.literal('restarting'), reason: z.string() }),
  /** It ended too often; the user can ask for another start. */
  z.object({ state: z.literal('stopped'), reason: z.string() })
])
export type EngineState = z.infer<typeof engineStateSchema>

export const themeChoiceSchema = z.enum(['system', 'light', 'dark'])
export type ThemeChoice = z.infer<typeof themeChoiceSchema>

/** A suggested name of a file or folder, without an ending. */
const fileStem = z.string().regex(/^[\w-]{1,80}$/)

/** Such as an experiment as JSON: data stated point by point take megabytes. */
const longText = z.string().max(50_000_000)

/** Everything the page can ask of the main process, by channel: request and result schemas. */
export const mainChannels = {
  /** Shows a dialog; null where the user changed their mind. Answers the session's path. */
  'session:new': { request: z.undefined(), result: z.string().nullable() },
  'session:open': { request: z.undefined(), result: z.string().nullable() },
  /** Copies the session to where the user says, and opens the copy. */
  'session:save-as': { request: z.undefined(), result: z.string().nullable() },
  /** Copies the session beside itself; answers the copy's path. */
  'session:duplicate': { request: z.undefined(), result: z.string() },
  /** The sessions that were open lately, the last one first. */
  'session:recent': { request: z.undefined(), result: z.array(recentSessionSchema) },
  /** Opens one of them. */
  'session:open-recent': {
    request: z.strictObject({ path: z.string().min(1) }),
    result: z.undefined()
  },
  /** Takes one off the list, or all; answers what is left. */
  'session:forget-recent': {
    request: z.strictObject({ path: z.string().min(1).nullable() }),
    result: z.array(recentSessionSchema)
  },
  /** Renders a figure and asks where to save it; answers the path. */
  'figure:save': { request: figureRequestSchema, result: z.string().nullable() },
  /** Puts a figure on the clipboard, as a picture and as the text of its SVG. */
  'figure:copy': { request: figureRequestSchema, result: z.undefined() },
  /** Ask where to save, and write; null where the user changed their mind. */
  'data:save': {
    request: dataChoiceSchema.extend({ name: fileStem }),
    result: z.string().nullable()
  },
  /** The report, tables and figures of a study. */
  'study:save': {
    request: z.strictObject({ studyId: z.string().min(1), name: fileStem }),
    result: z.string().nullable()
  },
  'bundle:save': {
    request: z.strictObject({ runIds: bundleExportSchema.shape.runIds, name: fileStem }),
    result: z.string().nullable()
  },
  'report:save': {
    request: z.strictObject({ format: z.enum(reportFormats) }),
    result: z.string().nullable()
  },
  /** Asks for a bundle and imports it into the session. */
  'bundle:open': { request: z.undefined(), result: bundleImportSchema.nullable() },
  /** Asks for a file with a table; null where the user changed their mind. */
  'dataset:choose': {
    request: z.undefined(),
    result: z.object({ fileName: z.string() }).nullable()
  },
  /** What the file that was chosen holds. */
  'dataset:read': { request: importOptionsSchema, result: datasetPreviewSchema },
  /** Stores the data of the file that was chosen in the session. */
  'dataset:import': {
    request: importRequestSchema.omit({ path: true }),
    result: importResultSchema
  },
  /** Asks where to save an experiment as JSON, which `tangent run` takes too, and writes it. */
  'experiment:save': {
    request: z.strictObject({ text: longText, name: fileStem }),
    result: z.string().nullable()
  },
  /** Puts text on the clipboard: the page itself has no permission for that. */
  'text:copy': { request: longText, result: z.undefined() },
  /** The text of a JSON file that the user chooses. */
  'experiment:open': { request: z.undefined(), result: longText.nullable() },
  /** A new port to the engine comes as a window message 'engine-port'. */
  'engine:connect': { request: z.undefined(), result: z.undefined() },
  'engine:restart': { request: z.undefined(), result: z.undefined() },
  'theme:set': { request: themeChoiceSchema, result: z.undefined() },
  /** Chromium's zoom level: 0 is 100 %, each step a factor of 1.2. */
  'zoom:set': { request: z.number().min(-4).max(6), result: z.undefined() },
  /** Memory in use, in bytes: the engine's (null while there is none) and the whole application's. */
  'app:memory': {
    request: z.undefined(),
    result: z.object({ engine: z.number().nullable(), application: z.number() })
  },
  /** The commands that the application's menu offers. */
  'menu:set': { request: z.array(menuEntrySchema).max(200), result: z.undefined() },
  /** Tells the user through the desktop, unless they look at the window; a click runs a command. */
  'desktop:notify': {
    request: z.strictObject({ title: z.string(), body: z.string(), command: z.string().min(1) }),
    result: z.undefined()
  }
} as const
export type MainChannel = keyof typeof mainChannels

/** What the preload script exposes to the page as `window.tangent`. */
export interface Bridge {
  invoke<C extends MainChannel>(
    channel: C,
    request: z.input<(typeof mainChannels)[C]['request']>
  ): Promise<z.infer<(typeof mainChannels)[C]['result']>>
  /** The engine's state, now and whenever it changes; returns the way to stop listening. */
  onEngineState(listener: (state: EngineState) => void): () => void
  /** Commands chosen outside the page, such as in the menu; returns the way to stop listening. */
  onCommand(listener: (id: string) => void): () => void
}
