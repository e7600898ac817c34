/** The only code between the sandboxed page and the main process. */
import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge, EngineState } from '@shared/protocol/bridge'
import { enginePortMessage } from '@shared/protocol/engine-port'
import type { Answer } from './answer'

let engineState: EngineState = { state: 'starting' }
const listeners = new Set<(state: EngineState) => void>()

ipcRenderer.on('engine:state', (_event, state: EngineState) => {
  engineState = state
  listeners.forEach((listener) => {
    listener(state)
  })
})

const commandListeners = new Set<(id: string) => void>()

ipcRenderer.on('command:run', (_event, id: string) => {
  commandListeners.forEach((listener) => {
    listener(id)
  })
})

// Ports cannot cross the context bridge; a window message carries them.
ipcRenderer.on('engine:port', (event) => {
  window.postMessage(enginePortMessage, window.location.origin, event.ports)
})

const bridge: Bridge = {
  invoke: async (channel, request) => {
    const answer = (await ipcRenderer.invoke(channel, request)) as Answer
    // Electron keeps only the message of an error on its way to the page.
    if (!answer.ok) throw new Error(answer.error.message)
    return answer.value as never
  },
  onEngineState: (listener) => {
    listeners.add(listener)
    listener(engineState)
    return () => {
      listeners.delete(listener)
    }
  },
  onCommand: (listener) => {
    commandListeners.add(listener)
    return () => {
      commandListeners.delete(listener)
    }
  }
}

contextBridge.exposeInMainWorld('tangent', Object.freeze(bridge))
