import { z } from 'zod'
import { firstLayout, workspaceLayoutSchema, type WorkspaceLayout } from './workspace-layout'

const LAYOUTS_STORED_AS = 'tangent-layouts'
const PROPORTIONS_STORED_AS = 'tangent-proportions'
/** Sessions whose open tabs are remembered; those used longest ago are forgotten. */
const MAXIMUM_SESSIONS = 30

/** A layout that this version cannot read concerns its own session alone. */
const layoutsSchema = z.array(
  z.object({ path: z.string(), layout: workspaceLayoutSchema.catch(firstLayout) })
)

const proportionsSchema = z.object({
  sidebarCollapsed: z.boolean().default(false),
  /** Width of the sidebar in per cent of the window. */
  sidebarSize: z.number().min(5).max(50).default(20),
  helpShown: z.boolean().default(false),
  /** Width of the explanations in per cent of the window. */
  helpSize: z.number().min(5).max(50).default(24),
  /** Width of the left of two groups of tabs in per cent of their place. */
  leftSize: z.number().min(5).max(95).default(50)
})
/** How the window is divided. */
export type Proportions = z.infer<typeof proportionsSchema>

/** How a new window is divided. */
export const initialProportions: Proportions = proportionsSchema.parse({})

/** What was open in a session when it was last used. */
export function rememberedLayout(store: Storage, path: string): WorkspaceLayout {
  return (
    read(store, LAYOUTS_STORED_AS, layoutsSchema, []).find((one) => one.path === path)?.layout ??
    firstLayout
  )
}

/** Keeps what is open in a session. */
export function rememberLayout(store: Storage, path: string, layout: WorkspaceLayout): void {
  const others = read(store, LAYOUTS_STORED_AS, layoutsSchema, []).filter(
    (one) => one.path !== path
  )
  const kept = [{ path, layout }, ...others].slice(0, MAXIMUM_SESSIONS)
  store.setItem(LAYOUTS_STORED_AS, JSON.stringify(kept))
}

/** How the window was divided when it was last used. */
export function rememberedProportions(store: Storage): Proportions {
  return read(store, PROPORTIONS_STORED_AS, proportionsSchema, initialProportions)
}

/** Keeps how the window is divided. */
export function rememberProportions(store: Storage, proportions: Proportions): void {
  store.setItem(PROPORTIONS_STORED_AS, JSON.stringify(proportions))
}

/** What is stored; the fallback where there is nothing, or nothing that can be read. */
function read<T>(store: Storage, key: string, schema: z.ZodType<T>, fallback: T): T {
  try {
    return schema.parse(JSON.parse(store.getItem(key) ?? 'null'))
  } catch {
    return fallback
  }
}
