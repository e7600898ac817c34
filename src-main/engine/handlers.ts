import type {
  Channel,
  EngineEvent,
  EngineEventName,
  RequestOf,
  ResultOf
} from '@shared/protocol/channels'

/** Told of every event. */
export type EventListener = <E extends EngineEventName>(name: E, payload: EngineEvent<E>) => void

/** What answers each channel, given requests that are of its schema. */
export type Handlers = {
  [C in Channel]: (request: RequestOf<C>) => ResultOf<C> | Promise<ResultOf<C>>
}
