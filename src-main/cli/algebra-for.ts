import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import { javascriptLinearAlgebra } from '../engine/float64/javascript-linear-algebra'

/**
 * Up to this many points the algebra in JavaScript is done before TensorFlow would have been loaded.
 */
const SMALL = 100

/** The linear algebra that is done first for n training points. */
export async function algebraFor(n: number): Promise<LinearAlgebra> {
  if (n <= SMALL) return javascriptLinearAlgebra
  const { loadTensorFlow, tensorFlowBinding } = await import('../engine/tensorflow')
  const { NativeLinearAlgebra } = await import('../engine/float64/native-linear-algebra')
  return new NativeLinearAlgebra(tensorFlowBinding(loadTensorFlow()))
}
