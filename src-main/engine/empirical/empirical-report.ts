import { activationDefinition } from '@shared/design/activation'
import { networkLayers } from '@shared/design/network'
import { LabError } from '@shared/protocol/errors'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import { finish } from '@shared/theory/stepwise'
import type { TensorFlowModule } from '../tensorflow'
import type { LayerParameters } from '../training/initial-parameters'
import { NetworkBlock } from '../training/network-block'
import { degenerateKernel, type DegenerateKernel } from './degenerate-kernel'
import type { EmpiricalSpec, EmpiricalTask } from './empirical-spec'
import { empiricalKernels64 } from './float64-kernels'
import { forward64 } from './float64-network'
import { train64 } from './float64-training'
import { networkPrograms } from './network-programs'
import { flatParameters, toFloat32, toFloat64 } from './parameter-layout'
import { tensorKernels } from './tensor-kernels'
import { TensorNetwork } from './tensor-network'

/** One network's outputs, kernels and training, as `tangent empirical` prints them. */
export interface EmpiricalReport {
  /** Points of X × outputs, before training. */
  readonly outputs: number[][]
  /** J Jᵀ: points of X × points of X2 × outputs × outputs. */
  readonly ntk: number[][][][]
  /** J J̃ᵀ: φ′ on the first argument, ψ on the second; the NTK where there is no surrogate. */
  readonly sgNtk: number[][][][]
  readonly training: { k: number; paramsFlat: number[]; outputs: number[][] }[]
  readonly dtype: EmpiricalSpec['dtype']
  readonly note?: DegenerateKernel
}

/** What either precision computes. */
interface Results {
  readonly outputs: ArrayLike<number>
  readonly ntk: ArrayLike<number>
  readonly sgNtk: ArrayLike<number>
  readonly training: readonly {
    readonly step: number
    readonly parameters: number[]
    readonly outputs: ArrayLike<number>
  }[]
}

/**
 * Computes one task in the precision asked for.
 *
 * @throws {LabError} 'diverged' where training overflows, 'invalid-request' where it cannot be done
 */
export function empiricalReport(
  tf: TensorFlowModule,
  algebra: LinearAlgebra,
  task: EmpiricalTask,
  dtype: EmpiricalSpec['dtype']
): EmpiricalReport {
  const results = dtype === 'float64' ? inFloat64(algebra, task) : inFloat32(tf, task)
  for (const { step, parameters } of results.training) {
    if (parameters.every(Number.isFinite)) continue
    throw new LabError(
      'diverged',
      `Training overflowed by step ${step}: eta = ${task.training?.stepSize} (loss ½ Σ) is too large.`
    )
  }
  const outputs = task.sizes.at(-1) ?? 0
  const M = (task.second ?? task.first).rows
  const perPoint = (values: ArrayLike<number>): number[][] => pieces(Array.from(values), outputs)
  const nested = (values: ArrayLike<number>): number[][][][] =>
    pieces(pieces(pieces(Array.from(values), outputs), outputs), M)
  const note = task.standIn ? null : degenerateKernel(task.design)
  return {
    outputs: perPoint(results.outputs),
    ntk: nested(results.ntk),
    sgNtk: nested(results.sgNtk),
    training: results.training.map(({ step, parameters, outputs: after }) => ({
      k: step,
      paramsFlat: parameters,
      outputs: perPoint(after)
    })),
    dtype,
    ...(note && { note })
  }
}

function inFloat64(algebra: LinearAlgebra, task: EmpiricalTask): Results {
  const { design, surrogate, standIn, sizes, layers, first, second, training } = task
  const programs = networkPrograms(design, surrogate, sizes)
  const smooth = networkPrograms(design, surrogate, sizes, standIn)
  const outputsOf = (of: typeof layers): Float64Array =>
    forward64(algebra, programs, of, first).outputs.values
  const snapshots = training
    ? finish(train64(algebra, programs, layers, { ...training, steps: rising(training.steps) }))
    : []
  return {
    outputs: outputsOf(layers),
    ...finish(empiricalKernels64(algebra, smooth, layers, first, second)),
    training: inOrder(snapshots, training?.steps ?? []).map(({ step, layers: after }) => ({
      step,
      parameters: flatParameters(after),
      outputs: outputsOf(after)
    }))
  }
}

function inFloat32(tf: TensorFlowModule, task: EmpiricalTask): Results {
  const { design, surrogate, standIn, sizes, layers, first, second } = task
  const parameters = toFloat32(layers)
  const [ntk = new Float32Array(), sgNtk = new Float32Array()] = finish(
    tensorKernels(tf, {
      programs: networkPrograms(design, surrogate, sizes, standIn),
      ...{ sizes, members: 1, parameters, first, second },
      outputs: 'full',
      kernels: ['ntk', 'sgNtk']
    })
  )
  const network = new TensorNetwork(
    tf,
    networkPrograms(design, surrogate, sizes),
    sizes,
    1,
    parameters
  )
  try {
    const outputs = network.outputs(first)
    return { outputs, ntk, sgNtk, training: trainInFloat32(tf, task, parameters) }
  } finally {
    network.dispose()
  }
}

/** Trains as experiments do. */
function trainInFloat32(
  tf: TensorFlowModule,
  { design, surrogate, sizes, layers, first, training }: EmpiricalTask,
  parameters: LayerParameters[]
): Results['training'] {
  if (!training) return []
  const { affine, hidden } = networkLayers(design, surrogate)
  const step = hidden.find(
    (layer) => !layer.surrogate && activationDefinition(layer.activation.name).isStep
  )
  if (step) {
    throw new LabError(
      'invalid-request',
      `${step.activation.name} has derivative zero almost everywhere: give it a surrogate, or train ` +
        'the layers above it alone with "dtype": "float64"'
    )
  }
  const { inputs, targets, stepSize, steps } = training
  const block = new NetworkBlock(tf, design, surrogate, sizes, 1, parameters)
  const points = block.inputs(first.values, first.rows)
  const trainInputs = block.inputs(inputs.values, inputs.rows)
  const trainTargets = tf.tensor3d(Float32Array.from(targets.values), [
    1,
    targets.rows,
    targets.columns
  ])
  try {
    const snapshots: Results['training'][number][] = []
    let done = 0
    for (const wanted of rising(steps)) {
      for (; done < wanted; done++) block.step(trainInputs, trainTargets, stepSize)
      const trained = toFloat64(block.parameters(), sizes).map((layer, l) =>
        // With σ_b = 0 biases have no gradient: they stay what they were.
        affine[l]?.sigmaB === 0 ? { ...layer, biases: layers[l]?.biases ?? layer.biases } : layer
      )
      const outputs = block.outputs(points)
      snapshots.push({ step: wanted, parameters: flatParameters(trained), outputs })
    }
    return inOrder(snapshots, steps)
  } finally {
    tf.dispose([points, trainInputs, trainTargets])
    block.dispose()
  }
}

/** The snapshots in the order in which they were asked for. */
function inOrder<Snapshot extends { readonly step: number }>(
  snapshots: readonly Snapshot[],
  steps: readonly number[]
): Snapshot[] {
  return steps.flatMap((wanted) => snapshots.filter(({ step }) => step === wanted))
}

function rising(steps: readonly number[]): number[] {
  return [...new Set(steps)].sort((a, b) => a - b)
}

/** A list cut into pieces of equal length. */
function pieces<T>(values: readonly T[], length: number): T[][] {
  return Array.from({ length: values.length / length }, (_, i) =>
    values.slice(i * length, (i + 1) * length)
  )
}
