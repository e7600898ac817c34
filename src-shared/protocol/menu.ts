import { z } from 'zod'

/** The application's menus, in their order. */
export const menuNames = ['file', 'edit', 'view', 'run', 'help'] as const
export type MenuName = (typeof menuNames)[number]

/** One choice in a menu: a command of the page. */
export const menuEntrySchema = z.strictObject({
  /** What the page calls the command. */
  id: z.string().min(1),
  title: z.string().min(1),
  menu: z.enum(menuNames),
  /** Entries of one section stand together; sections are set apart by lines. */
  section: z.int(),
  /** Electron's way to write a shortcut; null without one. */
  accelerator: z.string().nullable(),
  enabled: z.boolean()
})
export type MenuEntry = z.infer<typeof menuEntrySchema>
