import type { Matrix } from '@shared/design/dataset'
import type { OperationAttribute, TensorFlowBinding } from '../tensorflow'

/** TF_DOUBLE and TF_COMPLEX128 in TensorFlow's C API; tfjs has no name for them. */
const DOUBLE = 2
const COMPLEX128 = 18

/** A tensor of TensorFlow's, by the binding's number. */
export type TensorId = number

/**
 * Float64 through the TensorFlow binding.
 *
 * The binding makes and reads float32 and int32 tensors only, but its operations take any type: a
 * float64 array goes in as pairs of int32 words and is reinterpreted by `Bitcast`, bit for bit, and
 * comes back the same way.
 */
export class NativeFloat64 {
  constructor(private readonly binding: TensorFlowBinding) {}

  /** The attribute "name = float64". */
  type(name = 'T'): OperationAttribute {
    return this.typeAttribute(name, DOUBLE)
  }

  /** The attribute "name = complex128". */
  complexType(name: string): OperationAttribute {
    return this.typeAttribute(name, COMPLEX128)
  }

  /** The attribute "name = value". */
  flag(name: string, value: boolean): OperationAttribute {
    return { name, type: this.binding.TF_ATTR_BOOL, value }
  }

  /** Copies float64 numbers into a tensor of this shape. */
  upload(values: Float64Array, shape: readonly number[]): TensorId {
    const words = new Int32Array(values.slice().buffer)
    const raw = this.binding.createTensor([...shape, 2], this.binding.TF_INT32, words)
    try {
      return this.execute(
        'Bitcast',
        [this.typeAttribute('T', this.binding.TF_INT32), this.type('type')],
        [raw]
      )
    } finally {
      this.delete(raw)
    }
  }

  /** Copies a float64 tensor out. */
  download(id: TensorId): Float64Array {
    const raw = this.execute(
      'Bitcast',
      [this.type(), this.typeAttribute('type', this.binding.TF_INT32)],
      [id]
    )
    try {
      const words = this.binding.tensorDataSync(raw)
      const copy = new Int32Array(words)
      return new Float64Array(copy.buffer)
    } finally {
      this.delete(raw)
    }
  }

  /** Runs an operation with one output and answers the output's number. */
  execute(
    name: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly TensorId[]
  ): TensorId {
    return this.executeMany(name, attributes, inputs, 1)[0] ?? NaN
  }

  /** Runs an operation and answers its outputs' numbers. */
  executeMany(
    name: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly TensorId[],
    outputs: number
  ): TensorId[] {
    return this.binding.executeOp(name, attributes, inputs, outputs).map((output) => output.id)
  }

  delete(...ids: readonly TensorId[]): void {
    ids.forEach((id) => {
      this.binding.deleteTensor(id)
    })
  }

  /**
   * Runs `compute` on uploaded matrices and frees every tensor, whatever happens.
   *
   * @param compute gets the matrices' tensors, answers the tensors to read
   */
  run(
    matrices: readonly Matrix[],
    compute: (...inputs: TensorId[]) => readonly TensorId[]
  ): Float64Array[] {
    const inputs: TensorId[] = []
    let outputs: readonly TensorId[] = []
    try {
      for (const { values, rows, columns } of matrices) {
        inputs.push(this.upload(values, [rows, columns]))
      }
      outputs = compute(...inputs)
      return outputs.map((id) => this.download(id))
    } finally {
      this.delete(...new Set([...inputs, ...outputs]))
    }
  }

  private typeAttribute(name: string, value: number): OperationAttribute {
    return { name, type: this.binding.TF_ATTR_TYPE, value }
  }
}
