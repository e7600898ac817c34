import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { themeChoiceSchema } from '@shared/protocol/bridge'
import { rememberedSessionSchema } from '@shared/protocol/recent-sessions'
import { writeFileAtomically } from '../files/write-atomically'

const stateSchema = z.object({
  bounds: z
    .object({
      x: z.int().optional(),
      y: z.int().optional(),
      width: z.int().min(400),
      height: z.int().min(300)
    })
    .optional(),
  lastSession: z.string().min(1).optional(),
  /** The last one first. */
  recentSessions: z.array(rememberedSessionSchema).default([]),
  theme: themeChoiceSchema.default('system')
})

/** What the application remembers between starts besides sessions. */
export type AppState = z.infer<typeof stateSchema>

/** The remembered state; a fresh one where the file is missing or damaged: nothing in it is work. */
export function readState(path: string): AppState {
  if (!existsSync(path)) return stateSchema.parse({})
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    console.warn(`${path} is damaged and starts afresh:`, error)
    return stateSchema.parse({})
  }
}

/** Replaces the remembered state. */
export function writeState(path: string, state: AppState): Promise<void> {
  const text = `${JSON.stringify(stateSchema.parse(state), null, 2)}\n`
  return writeFileAtomically(path, new TextEncoder().encode(text))
}
