import type { ProcessMetric } from 'electron'
import { ENGINE_NAME } from './engine-name'

const KIB = 1024

/** The memory that the application's processes hold, in bytes; the engine's is null without one. */
export function memoryInUse(processes: readonly Pick<ProcessMetric, 'name' | 'memory'>[]): {
  engine: number | null
  application: number
} {
  const bytes = ({ memory }: Pick<ProcessMetric, 'memory'>): number => memory.workingSetSize * KIB
  const engine = processes.find(({ name }) => name === ENGINE_NAME)
  return {
    engine: engine ? bytes(engine) : null,
    application: processes.reduce((sum, process) => sum + bytes(process), 0)
  }
}
