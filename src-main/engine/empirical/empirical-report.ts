import { LabError } from '@shared/protocol/errors'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import { finish } from '@shared/theory/stepwise'
import { tensorFlowBinding, type TensorFlowModule } from '../tensorflow'
import { degenerateKernel, type DegenerateKernel } from './degenerate-kernel'
import type { EmpiricalSpec, EmpiricalTask } from './empirical-spec'
import { empiricalKernels64 } from './float64-kernels'
import { trainInFloat32, type TrainedSnapshot } from './float32-training'
import { forward64 } from './float64-network'
import { train64 } from './float64-training'
import { networkPrograms } from './network-programs'
import { flatParameters, toFloat32 } from './parameter-layout'
import { RawTensors } from './raw-tensors'
import { tensorKernels } from './tensor-kernels'
import { TensorNetwork, tensorLayers } from './tensor-network'

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
  readonly training: readonly TrainedSnapshot[]
}

/**
 * Computes one task in the precision asked for.
 *
 * @throws {LabError} 'diverged' where training overflows, 'invalid-request' where it cannot be done
 */
export async function empiricalReport(
  tf: TensorFlowModule,
  algebra: LinearAlgebra,
  task: EmpiricalTask,
  dtype: EmpiricalSpec['dtype']
): Promise<EmpiricalReport> {
  const results = dtype === 'float64' ? inFloat64(algebra, task) : await inFloat32(tf, task)
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

async function inFloat32(tf: TensorFlowModule, task: EmpiricalTask): Promise<Results> {
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
  const ops = new RawTensors(tensorFlowBinding(tf))
  try {
    const programs = networkPrograms(design, surrogate, sizes)
    const network = new TensorNetwork(
      ops,
      programs,
      tensorLayers(ops, programs, sizes, 1, parameters)
    )
    const points = ops.tensor(Float32Array.from(first.values), [1, first.rows, first.columns])
    const outputs = ops.read(network.outputs(points))
    const steps = task.training?.steps ?? []
    const snapshots = await trainInFloat32(tf, task, parameters, rising(steps))
    return { outputs, ntk, sgNtk, training: inOrder(snapshots, steps) }
  } finally {
    ops.dispose()
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
