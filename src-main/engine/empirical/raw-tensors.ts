import type { OperationAttribute, TensorFlowBinding } from '../tensorflow'
import type { KernelOperations, Shaped } from './kernel-operations'

/** A float32 tensor of TensorFlow's, by the binding's number. */
export interface RawTensor extends Shaped {
  readonly id: number
}

/**
 * Float32 operations straight on the TensorFlow binding.
 *
 * tfjs keeps books on every tensor and gradient, which takes some five times as long as a small
 * operation itself: 50 µs a call against 10 here. Tensors made within `scope` are freed at its end.
 */
export class RawTensors implements KernelOperations<RawTensor> {
  private made: RawTensor[] = []
  private readonly numbers = new Map<number, RawTensor>()
  private readonly float: OperationAttribute
  private readonly shapeType: OperationAttribute

  constructor(private readonly binding: TensorFlowBinding) {
    const attribute = (name: string, value: number): OperationAttribute => ({
      name,
      type: binding.TF_ATTR_TYPE,
      value
    })
    this.float = attribute('T', binding.TF_FLOAT)
    this.shapeType = attribute('Tshape', binding.TF_INT32)
  }

  tensor(values: Float32Array, shape: readonly number[]): RawTensor {
    return this.keep({ id: this.binding.createTensor(shape, this.binding.TF_FLOAT, values), shape })
  }

  /** Copies a tensor's numbers out. */
  read({ id }: RawTensor): Float32Array {
    return new Float32Array(this.binding.tensorDataSync(id))
  }

  /** Runs `compute` and frees what it made, apart from the tensors that it answers. */
  scope<Kept extends RawTensor | readonly RawTensor[]>(compute: () => Kept): Kept {
    const outside = this.made
    this.made = []
    let kept: Kept | null = null
    try {
      kept = compute()
      return kept
    } finally {
      const survivors = new Set<RawTensor>(kept ? [kept].flat() : [])
      for (const tensor of this.made) {
        if (survivors.has(tensor)) outside.push(tensor)
        else this.binding.deleteTensor(tensor.id)
      }
      this.made = outside
    }
  }

  /** Frees everything that was made. */
  dispose(): void {
    for (const { id } of [...this.made, ...this.numbers.values()]) this.binding.deleteTensor(id)
    this.made = []
    this.numbers.clear()
  }

  /** Matrix products of the last two dimensions, for every one of those before. */
  product(x: RawTensor, y: RawTensor, transposed: 'none' | 'second' = 'none'): RawTensor {
    const second = transposed === 'second'
    const [members = 0, rows = 0, inner = 0] = x.shape
    const [others = 0, ...sides] = y.shape
    if (members === 1 && others === 1) {
      // A plain product is up to a third faster than a batch of one.
      const flags = [this.flag('transpose_a', false), this.flag('transpose_b', second)]
      return this.scope(() => {
        const flat = [this.reshape(x, [rows, inner]), this.reshape(y, sides)]
        const columns = sides[second ? 0 : 1] ?? 0
        return this.reshape(this.run('MatMul', flat, flags), [1, rows, columns])
      })
    }
    return this.run(
      'BatchMatMulV2',
      [x, y],
      [this.flag('adj_x', false), this.flag('adj_y', second)]
    )
  }

  reshape(x: RawTensor, shape: readonly number[]): RawTensor {
    return this.withIntegers('Reshape', x, shape, this.shapeType)
  }

  transpose(x: RawTensor, permutation: readonly number[]): RawTensor {
    return this.withIntegers('Transpose', x, permutation, { ...this.shapeType, name: 'Tperm' })
  }

  tile(x: RawTensor, multiples: readonly number[]): RawTensor {
    return this.withIntegers('Tile', x, multiples, { ...this.shapeType, name: 'Tmultiples' })
  }

  add(x: RawTensor, y: RawTensor): RawTensor {
    return this.run('AddV2', [x, y])
  }
  multiply(x: RawTensor, y: RawTensor): RawTensor {
    return this.run('Mul', [x, y])
  }
  scale(x: RawTensor, factor: number): RawTensor {
    return factor === 1 ? x : this.run('Mul', [x, this.number(factor)])
  }
  shift(x: RawTensor, offset: number): RawTensor {
    return offset === 0 ? x : this.run('AddV2', [x, this.number(offset)])
  }
  abs(x: RawTensor): RawTensor {
    return this.run('Abs', [x])
  }
  reciprocal(x: RawTensor): RawTensor {
    return this.run('Reciprocal', [x])
  }
  sign(x: RawTensor): RawTensor {
    return this.run('Sign', [x])
  }
  relu(x: RawTensor): RawTensor {
    return this.run('Relu', [x])
  }
  minimum(x: RawTensor, bound: number): RawTensor {
    return this.run('Minimum', [x, this.number(bound)])
  }
  maximum(x: RawTensor, bound: number): RawTensor {
    return this.run('Maximum', [x, this.number(bound)])
  }
  exp(x: RawTensor): RawTensor {
    return this.run('Exp', [x])
  }
  log(x: RawTensor): RawTensor {
    return this.run('Log', [x])
  }
  sqrt(x: RawTensor): RawTensor {
    return this.run('Sqrt', [x])
  }
  power(x: RawTensor, exponent: number): RawTensor {
    return this.run('Pow', [x, this.number(exponent)])
  }
  cos(x: RawTensor): RawTensor {
    return this.run('Cos', [x])
  }
  sin(x: RawTensor): RawTensor {
    return this.run('Sin', [x])
  }
  erf(x: RawTensor): RawTensor {
    return this.run('Erf', [x])
  }
  tanh(x: RawTensor): RawTensor {
    return this.run('Tanh', [x])
  }
  fill(like: RawTensor, value: number): RawTensor {
    return this.scale(this.run('OnesLike', [like]), value)
  }

  private flag(name: string, value: boolean): OperationAttribute {
    return { name, type: this.binding.TF_ATTR_BOOL, value }
  }

  private run(
    operation: string,
    inputs: readonly RawTensor[],
    attributes: readonly OperationAttribute[] = []
  ): RawTensor {
    const ids = inputs.map(({ id }) => id)
    const [output] = this.binding.executeOp(operation, [this.float, ...attributes], ids, 1)
    if (!output) throw new RangeError(`${operation} gave no output`)
    return this.keep(output)
  }

  private withIntegers(
    operation: string,
    x: RawTensor,
    integers: readonly number[],
    attribute: OperationAttribute
  ): RawTensor {
    const { binding } = this
    const values = Int32Array.from(integers)
    const id = binding.createTensor([values.length], binding.TF_INT32, values)
    try {
      return this.run(operation, [x, { id, shape: [values.length] }], [attribute])
    } finally {
      binding.deleteTensor(id)
    }
  }

  /** A number as a tensor, made once. */
  private number(value: number): RawTensor {
    const known = this.numbers.get(value)
    if (known) return known
    const { binding } = this
    const id = binding.createTensor([], binding.TF_FLOAT, Float32Array.of(value))
    const tensor = { id, shape: [] }
    this.numbers.set(value, tensor)
    return tensor
  }

  private keep(tensor: RawTensor): RawTensor {
    this.made.push(tensor)
    return tensor
  }
}
