import type { TableSource } from '@shared/design/datasets/table'
import type { RunProgress } from '@shared/protocol/results'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import type { Session } from '../../session/session'
import type { KernelPool } from '../kernels/kernel-pool'
import type { LiveEnsemble } from './live-ensemble'
import type { TensorFlowModule } from '../tensorflow'

/** What a run computes with, and whom it tells. */
export interface RunContext {
  readonly tf: TensorFlowModule
  readonly algebra: LinearAlgebra
  readonly kernels: KernelPool
  readonly session: Session
  readonly tables: TableSource
  readonly signal: AbortSignal
  /** What networks in training may take at most, in bytes; null leaves it to the trainer. */
  readonly memoryBytes: number | null
  /** How often the state of training is stored. */
  readonly checkpointMs: number
  /** Whether a run that stops now will be resumed: its state is then stored once more. */
  readonly keepsState: () => boolean
  readonly onProgress: (progress: RunProgress) => void
  /** Networks were recorded at one more step; null where none are in training any more. */
  readonly onRecorded: (live: LiveEnsemble | null) => void
  /** A prediction or an ensemble was stored. */
  readonly onStored: () => void
}
