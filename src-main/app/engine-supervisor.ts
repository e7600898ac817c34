import { MessageChannelMain, utilityProcess, type UtilityProcess, type WebContents } from 'electron'
import { z } from 'zod'
import type { EngineState } from '@shared/protocol/bridge'
import { EngineClient } from '@shared/protocol/engine-client'
import { LabError, transportedError } from '@shared/protocol/errors'
import { ENGINE_NAME } from './engine-name'
import type { Log } from './log'
import { restartDelay } from './restart-policy'

const statusSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  /** It is backing its session up, which goes on. */
  z.object({ kind: z.literal('closing') }),
  /** It cannot work on this machine: starting it again would not help. */
  z.object({ kind: z.literal('failed'), message: z.string() })
])

/** How long a closing engine may go without a sign that it is putting its session away. */
const CLOSE_MS = 3000

/** What the supervisor needs of its surroundings. */
export interface SupervisorOptions {
  /** The engine's script. */
  readonly entry: string
  readonly log: Log
  /** Prepares a started engine, such as opening the session, before anyone else may ask it. */
  readonly prepare: () => Promise<void>
  readonly onState: (state: EngineState) => void
}

/**
 * Owns the engine's process: starts it, hands out ports to it, and starts it again when it ends
 * unexpectedly. What it stored is safe: the session is a transactional file.
 */
export class EngineSupervisor {
  private child: UtilityProcess | null = null
  private client: EngineClient | null = null
  private current: EngineState = { state: 'starting' }
  private crashTimesMs: number[] = []
  private closing = false

  constructor(private readonly options: SupervisorOptions) {}

  get state(): EngineState {
    return this.current
  }

  /** Starts the engine; does nothing where it already runs. */
  start(): void {
    if (this.child || this.closing) return
    this.publish({ state: 'starting' })
    const child = utilityProcess.fork(this.options.entry, [], {
      serviceName: ENGINE_NAME,
      stdio: 'pipe',
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', TF_ENABLE_ONEDNN_OPTS: '1' }
    })
    this.child = child
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data: Buffer) => {
        this.options.log.write('engine', data.toString('utf8'))
      })
    }
    child.on('message', (message: unknown) => {
      const status = statusSchema.safeParse(message)
      if (!status.success) return
      if (status.data.kind === 'ready') void this.whenReady(child)
      else if (status.data.kind === 'failed') this.giveUp(child, status.data.message)
    })
    child.on('exit', (code) => {
      this.whenGone(child, code)
    })
  }

  /** Starts the engine again on the user's wish, after it stopped for good. */
  restart(): void {
    this.closing = false
    this.crashTimesMs = []
    this.start()
  }

  /**
   * The main process' own way to ask the engine.
   *
   * @throws {LabError} 'engine-unavailable' while it is not ready
   */
  ask(): EngineClient {
    if (this.client) return this.client
    throw new LabError('engine-unavailable', 'the engine is not running; try again in a moment')
  }

  /** Sends a page a port of its own to the engine. */
  connect(page: WebContents): void {
    if (!this.child) throw new LabError('engine-unavailable', 'the engine is not running')
    const { port1, port2 } = new MessageChannelMain()
    this.child.postMessage({ kind: 'port', role: 'window' }, [port1])
    page.postMessage('engine:port', null, [port2])
  }

  /**
   * Lets the engine back its session up, put it away and end; ends it by force three seconds after its
   * last sign of doing so.
   */
  async stop(): Promise<void> {
    this.closing = true
    const { child } = this
    if (!child) return
    await new Promise<void>((done) => {
      const timer = setTimeout(() => child.kill(), CLOSE_MS)
      child.on('message', () => {
        timer.refresh()
      })
      child.once('exit', () => {
        clearTimeout(timer)
        done()
      })
      child.postMessage({ kind: 'close' })
    })
  }

  private async whenReady(child: UtilityProcess): Promise<void> {
    const { port1, port2 } = new MessageChannelMain()
    child.postMessage({ kind: 'port', role: 'main' }, [port1])
    const client = new EngineClient((message) => {
      port2.postMessage(message)
    })
    port2.on('message', ({ data }) => {
      client.receive(data)
    })
    port2.start()
    this.client = client
    try {
      await this.options.prepare()
      this.publish({ state: 'ready' })
    } catch (error) {
      const { message } = transportedError(error)
      this.options.log.write('main', `the engine could not be prepared: ${message}`)
      // Where it went away meanwhile, its exit deals with that.
      if (this.child === child) this.giveUp(child, message)
    }
  }

  /** Ends an engine that starting again would not help, until the user says so. */
  private giveUp(child: UtilityProcess, reason: string): void {
    this.crashTimesMs = []
    this.closing = true
    this.publish({ state: 'stopped', reason })
    child.kill()
  }

  private whenGone(child: UtilityProcess, code: number): void {
    if (this.child !== child) return
    this.child = null
    const reason = `the engine ended unexpectedly (exit code ${code})`
    this.client?.close(reason)
    this.client = null
    if (this.closing) return
    this.options.log.write('main', reason)
    this.crashTimesMs.push(performance.now())
    const delay = restartDelay(this.crashTimesMs)
    if (delay === null) {
      this.publish({ state: 'stopped', reason: `${reason}, several times in a minute` })
      return
    }
    this.publish({ state: 'restarting', reason })
    setTimeout(() => {
      this.start()
    }, delay)
  }

  private publish(state: EngineState): void {
    // A restart is announced once; that it then starts is no news.
    if (state.state === 'starting' && this.current.state === 'restarting') return
    this.current = state
    this.options.onState(state)
  }
}
