import { createRequire } from 'node:module'
import util from 'node:util'
import type * as TensorFlow from '@tensorflow/tfjs-node-gpu'
import { LabError } from '@shared/protocol/errors'

/** A tensor that the binding made, by its number. */
interface TensorNumber {
  readonly id: number
  readonly shape: number[]
  readonly dtype: number
}

/** The part of tfjs-node's native binding that the lab uses directly. */
export interface TensorFlowBinding {
  createTensor(shape: readonly number[], dtype: number, data: Int32Array | Float32Array): number
  deleteTensor(id: number): void
  tensorDataSync(id: number): Int32Array | Float32Array
  executeOp(
    name: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly number[],
    outputs: number
  ): TensorNumber[]
  /** Reads a SavedModel's graph into a session; answers its number. */
  loadSavedModel(folder: string, tags: string): number
  /** Names, of nodes and their outputs, are separated by commas. */
  runSavedModel(
    model: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string
  ): TensorNumber[]
  deleteSavedModel(model: number): void
  isUsingGpuDevice(): boolean
  readonly TF_INT32: number
  readonly TF_FLOAT: number
  readonly TF_ATTR_TYPE: number
  readonly TF_ATTR_BOOL: number
  readonly TF_Version: string
}

/** A named attribute of a raw TensorFlow operation. */
export interface OperationAttribute {
  readonly name: string
  readonly type: number
  readonly value: number | boolean
}

export type TensorFlowModule = typeof TensorFlow

let loaded: TensorFlowModule | undefined

/**
 * Loads TensorFlow into this process, once. It may be loaded by one thread of a process only.
 *
 * @throws {LabError} when its libraries or its addon cannot be loaded
 */
export function loadTensorFlow(): TensorFlowModule {
  if (loaded) return loaded
  // Both settings are read when the library loads. Without oneDNN kernels take 1.5 to 2 times as long
  // on the CPU. The line about it on standard error cannot be turned off beside it: an initialiser of
  // the library writes it, and no setting for the log is read before that.
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1'
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
  // tfjs-node 4.22 calls this function, which Node removed in version 23.
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean }
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined
  try {
    const require = createRequire(import.meta.url)
    loaded = require('@tensorflow/tfjs-node-gpu') as TensorFlowModule
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new LabError(
      'engine-unavailable',
      `TensorFlow could not be loaded (${reason}). Run "npm run setup" to repair the installation.`,
      { cause }
    )
  }
  loaded.enableProdMode()
  return loaded
}

/** The native binding behind the loaded TensorFlow. */
export function tensorFlowBinding(tf: TensorFlowModule): TensorFlowBinding {
  const backend = tf.backend() as unknown as { binding: TensorFlowBinding }
  return backend.binding
}
