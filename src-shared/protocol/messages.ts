import { z } from 'zod'
import { channels, engineEvents, type Channel, type EngineEventName } from './channels'
import { transportedErrorSchema } from './errors'

const channelName = z.enum(Object.keys(channels) as [Channel, ...Channel[]])
const eventName = z.enum(Object.keys(engineEvents) as [EngineEventName, ...EngineEventName[]])

/** A message to the engine; the payload is checked against its channel's schema. */
export const toEngineSchema = z.object({
  type: z.literal('request'),
  id: z.int(),
  channel: channelName,
  payload: z.unknown()
})
export type ToEngine = z.infer<typeof toEngineSchema>

/** A message from the engine: the answer to a request, or an event. */
export const fromEngineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('result'), id: z.int(), payload: z.unknown() }),
  z.object({ type: z.literal('failed'), id: z.int(), error: transportedErrorSchema }),
  z.object({ type: z.literal('event'), name: eventName, payload: z.unknown() })
])
export type FromEngine = z.infer<typeof fromEngineSchema>
