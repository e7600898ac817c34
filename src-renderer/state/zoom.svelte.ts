import { z } from 'zod'
import type { Bridge } from '@shared/protocol/bridge'

const STORED_AS = 'tangent-zoom'
const FURTHEST = { out: -3, in: 5 }

/** How large the window's contents are drawn, remembered between starts. */
export class Zoom {
  /** Chromium's level: 0 is 100 %, each step a factor of 1.2. */
  level = $state(0)

  constructor(
    private readonly bridge: Bridge,
    private readonly store: Storage
  ) {
    const stored = z.coerce.number().safeParse(store.getItem(STORED_AS) ?? 0)
    if (stored.success) this.set(stored.data)
  }

  /** Draws larger, or smaller with a negative step. */
  by(step: number): void {
    this.set(this.level + step)
  }

  /** Draws at a level, within reason. */
  set(level: number): void {
    this.level = Math.max(FURTHEST.out, Math.min(FURTHEST.in, level))
    this.store.setItem(STORED_AS, String(this.level))
    void this.bridge.invoke('zoom:set', this.level)
  }
}
