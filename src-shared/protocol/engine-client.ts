import {
  channels,
  engineEvents,
  type Channel,
  type EngineEvent,
  type EngineEventName,
  type RequestOf,
  type ResultOf
} from './channels'
import { LabError } from './errors'
import { fromEngineSchema, type ToEngine } from './messages'

interface Waiting {
  readonly channel: Channel
  resolve(value: unknown): void
  reject(reason: unknown): void
}

type Listener = (payload: unknown) => void

/**
 * The asking side of a port to the engine: typed requests and subscriptions over any message pipe.
 * Every answer and event is validated before anyone sees it.
 */
export class EngineClient {
  private nextId = 1
  private readonly waiting = new Map<number, Waiting>()
  private readonly listeners = new Map<EngineEventName, Set<Listener>>()

  constructor(private readonly post: (message: ToEngine) => void) {}

  /**
   * Asks the engine.
   *
   * @throws {LabError} what the engine refused or failed at, or that it went away
   */
  request<C extends Channel>(channel: C, payload: RequestOf<C>): Promise<ResultOf<C>> {
    const id = this.nextId++
    return new Promise<ResultOf<C>>((resolve, reject) => {
      this.waiting.set(id, { channel, resolve: resolve, reject })
      this.post({ type: 'request', id, channel, payload })
    })
  }

  /** Subscribes to an event; the returned function ends the subscription. */
  on<E extends EngineEventName>(name: E, listener: (payload: EngineEvent<E>) => void): () => void {
    const set = this.listeners.get(name) ?? new Set()
    this.listeners.set(name, set)
    const untyped = listener as Listener
    set.add(untyped)
    return () => set.delete(untyped)
  }

  /** Takes in a message from the port. */
  receive(data: unknown): void {
    const message = fromEngineSchema.parse(data)
    if (message.type === 'event') {
      const payload = engineEvents[message.name].parse(message.payload)
      this.listeners.get(message.name)?.forEach((listener) => {
        listener(payload)
      })
      return
    }
    const waiting = this.waiting.get(message.id)
    if (!waiting) return
    this.waiting.delete(message.id)
    if (message.type === 'failed') {
      waiting.reject(new LabError(message.error.code, message.error.message))
      return
    }
    const parsed = channels[waiting.channel].result.safeParse(message.payload)
    if (parsed.success) waiting.resolve(parsed.data)
    else waiting.reject(parsed.error)
  }

  /** The engine is gone: everything unanswered fails. */
  close(reason: string): void {
    const error = new LabError('engine-unavailable', reason)
    this.waiting.forEach((waiting) => {
      waiting.reject(error)
    })
    this.waiting.clear()
  }
}
