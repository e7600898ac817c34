import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { presetSchema, type Preset } from '@shared/design/preset'
import { describeProblems, LabError } from '@shared/protocol/errors'
import { resourcePath } from '../resources'

/** The order in which presets are offered; others follow by name. */
const ORDER = [
  'quick',
  'figure-1',
  'figure-2-erf',
  'figure-2-identity',
  'figure-3',
  'figure-3-kappa'
]

/**
 * The presets of resources/presets.
 *
 * @throws {LabError} 'file-problem' naming the file and what is wrong in it
 */
export function listPresets(): Preset[] {
  const folder = resourcePath('presets')
  const rank = ({ id }: Preset): number => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readPreset(join(folder, name)))
    .sort((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id))
}

function readPreset(path: string): Preset {
  const parsed = presetSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (parsed.success) return parsed.data
  throw new LabError('file-problem', `${path}: ${describeProblems(parsed.error)}`)
}
