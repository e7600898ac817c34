import { z } from 'zod'
import { cellSchema, type Cell, type Cells } from './cell'

/** A column in which some of several configurations differ; null also where a configuration lacks it. */
export const configDifferenceSchema = z.object({
  path: z.string(),
  /** One value a configuration, in their order. */
  values: z.array(cellSchema)
})
export type ConfigDifference = z.infer<typeof configDifferenceSchema>

/** The columns in which configurations differ, in the order in which they first appear. */
export function configDifferences(configurations: readonly Cells[]): ConfigDifference[] {
  const paths = [...new Set(configurations.flatMap((cells) => Object.keys(cells)))]
  return paths
    .map((path) => ({ path, values: configurations.map((cells): Cell => cells[path] ?? null) }))
    .filter(({ values }) => new Set(values.map((value) => JSON.stringify(value))).size > 1)
}
