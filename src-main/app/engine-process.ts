/** The engine's process: an Electron utility process that the main process owns. */
import type {} from 'electron'
import { z } from 'zod'
import { transportedError } from '@shared/protocol/errors'
import type { FromEngine } from '@shared/protocol/messages'
import { Engine } from '../engine/engine'
import { answer } from '../engine/port-host'

const controlSchema = z.discriminatedUnion('kind', [
  /** Carries a port to the main process or to a window. */
  z.object({ kind: z.literal('port'), role: z.enum(['main', 'window']) }),
  z.object({ kind: z.literal('close') })
])

const { parentPort } = process
const posts = new Set<(message: FromEngine) => void>()

function start(): Engine | null {
  try {
    const engine = new Engine((name, payload) => {
      posts.forEach((post) => {
        post({ type: 'event', name, payload })
      })
    })
    parentPort.postMessage({ kind: 'ready' })
    return engine
  } catch (error) {
    parentPort.postMessage({ kind: 'failed', message: transportedError(error).message })
    return null
  }
}

const engine = start()

parentPort.on('message', (event) => {
  const control = controlSchema.parse(event.data)
  if (control.kind === 'close') {
    const closing = engine?.close(() => {
      parentPort.postMessage({ kind: 'closing' })
    })
    void (closing ?? Promise.resolve()).finally(() => process.exit(0))
    return
  }
  const port = event.ports[0]
  if (!port || !engine) return
  const post = (message: FromEngine): void => {
    port.postMessage(message)
  }
  posts.add(post)
  port.on('message', ({ data }) => {
    void answer(engine, control.role, data, post)
  })
  port.on('close', () => {
    posts.delete(post)
  })
  port.start()
})
