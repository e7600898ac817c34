import { cpus, totalmem } from 'node:os'
import Database from 'better-sqlite3'
import type { EngineReport } from '@shared/protocol/results'
import { appVersion } from '../version'
import { tensorFlowBinding, type TensorFlowModule } from './tensorflow'

/** What computes here: asked of TensorFlow, SQLite and the operating system themselves. */
export function describeEngine(tf: TensorFlowModule): EngineReport {
  const binding = tensorFlowBinding(tf)
  const gpu = binding.isUsingGpuDevice()
  const cpuModel = cpus()[0]?.model.trim() ?? 'unknown processor'
  return {
    appVersion,
    tensorflowVersion: binding.TF_Version,
    backend: tf.getBackend(),
    gpu,
    device: gpu ? 'GPU (CUDA)' : `CPU: ${cpuModel}, ${cpus().length} cores (no GPU in use)`,
    sqliteVersion: sqliteVersion(),
    nodeVersion: process.versions.node,
    electronVersion: electronVersion(),
    platform: `${process.platform}-${process.arch}`,
    cpuModel,
    cpuCount: cpus().length,
    memoryBytes: totalmem()
  }
}

function sqliteVersion(): string {
  const database = new Database(':memory:')
  try {
    return String(database.prepare('SELECT sqlite_version()').pluck().get())
  } finally {
    database.close()
  }
}

/** @returns null in plain Node, which Electron's types do not know of */
function electronVersion(): string | null {
  const versions: Readonly<Record<string, string | undefined>> = process.versions
  return versions['electron'] ?? null
}
