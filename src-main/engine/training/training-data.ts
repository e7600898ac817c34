import type { Tensor3D } from '@tensorflow/tfjs-node-gpu'
import type { Matrix } from '@shared/design/dataset'
import type { TensorFlowModule } from '../tensorflow'
import type { TrainingSpec } from './trainer'

/** Points for all members, float64 rounded to float32: 1 × rows × columns. */
export function pointsTensor(tf: TensorFlowModule, { values, rows, columns }: Matrix): Tensor3D {
  return tf.tensor3d(Float32Array.from(values), [1, rows, columns])
}

/** What networks are trained on; the caller disposes of it. */
export function trainingData(
  tf: TensorFlowModule,
  { trainInputs, trainTargets }: TrainingSpec['data']
): { readonly inputs: Tensor3D; readonly targets: Tensor3D } {
  return { inputs: pointsTensor(tf, trainInputs), targets: pointsTensor(tf, trainTargets) }
}
