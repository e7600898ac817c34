import type { Bridge, EngineState } from '@shared/protocol/bridge'
import { enginePortMessage } from '@shared/protocol/engine-port'
import { EngineClient } from '@shared/protocol/engine-client'

/** What a link tells its owner. */
export interface LinkEvents {
  /** The engine's state changed. */
  state(state: EngineState): void
  /** A client to ask the engine with; replaces any earlier one. */
  connected(client: EngineClient): void
  /** The client can no longer be used; a new one comes when the engine is ready again. */
  lost(): void
  /** Asking for a connection failed. */
  failed(problem: unknown): void
}

/** Keeps the page connected to the engine through the engine's restarts. */
export class EngineLink {
  private client: EngineClient | null = null
  private port: MessagePort | null = null
  private asked = false

  constructor(
    private readonly bridge: Bridge,
    private readonly page: Window,
    private readonly events: LinkEvents
  ) {}

  /** Starts listening; the returned function ends the link. */
  start(): () => void {
    const onMessage = (event: MessageEvent): void => {
      this.takePort(event)
    }
    this.page.addEventListener('message', onMessage)
    const unsubscribe = this.bridge.onEngineState((state) => {
      this.onState(state)
    })
    return () => {
      this.page.removeEventListener('message', onMessage)
      unsubscribe()
      this.drop('the window is closing')
    }
  }

  private onState(state: EngineState): void {
    this.events.state(state)
    if (state.state !== 'ready') {
      this.drop('reason' in state ? state.reason : 'the engine is starting')
    } else if (!this.asked) {
      this.asked = true
      this.bridge.invoke('engine:connect', undefined).catch((problem: unknown) => {
        this.asked = false
        this.events.failed(problem)
      })
    }
  }

  private takePort(event: MessageEvent): void {
    const port = event.ports[0]
    if (event.source !== this.page || event.data !== enginePortMessage || !port) return
    this.drop('a new connection replaces this one')
    this.asked = true
    const client = new EngineClient((message) => {
      port.postMessage(message)
    })
    port.onmessage = (message: MessageEvent<unknown>) => {
      client.receive(message.data)
    }
    this.client = client
    this.port = port
    this.events.connected(client)
  }

  private drop(reason: string): void {
    this.asked = false
    if (!this.client) return
    this.port?.close()
    this.client.close(reason)
    this.client = null
    this.port = null
    this.events.lost()
  }
}
