/// <reference types="vite/client" />
import type { Bridge } from '@shared/protocol/bridge'

declare global {
  interface Window {
    /** Exposed by the preload script. */
    readonly tangent: Bridge
  }
}
