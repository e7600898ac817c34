import { z } from 'zod'
import { figureRequestSchema } from '../figures/figure-request'

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

/** Everything the page can ask of the main process, by channel: request and result schemas. */
export const mainChannels = {
  /** Shows a dialog; null where the user changed their mind. Answers the session's path. */
  'session:new': { request: z.undefined(), result: z.string().nullable() },
  'session:open': { request: z.undefined(), result: z.string().nullable() },
  /** Renders a figure and asks where to save it; answers the path. */
  'figure:save': { request: figureRequestSchema, result: z.string().nullable() },
  /** A new port to the engine comes as a window message 'engine-port'. */
  'engine:connect': { request: z.undefined(), result: z.undefined() },
  'engine:restart': { request: z.undefined(), result: z.undefined() },
  'theme:set': { request: themeChoiceSchema, result: z.undefined() }
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
}
