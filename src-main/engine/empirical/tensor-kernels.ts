import type { Matrix } from '@shared/design/dataset'
import type { Stepwise } from '@shared/theory/stepwise'
import { tensorFlowBinding, type TensorFlowBinding, type TensorFlowModule } from '../tensorflow'
import type { LayerParameters } from '../training/initial-parameters'
import type { KernelName } from './kernel-tile'
import { planTiles, ranges, type Range } from './kernel-tiles'
import type { NetworkPrograms } from './network-programs'
import { membersOf } from './parameter-layout'
import { RawTensors, type RawTensor } from './raw-tensors'
import { tensorLayers } from './tensor-network'
import { plainTiles, type TileRunner } from './tile-runner'

/** Which empirical kernels of which networks. */
export interface EmpiricalKernelRequest {
  readonly programs: NetworkPrograms
  /** Units per layer, input to output. */
  readonly sizes: readonly number[]
  readonly members: number
  /** One entry per affine layer, members × inputs × outputs. */
  readonly parameters: readonly LayerParameters[]
  /** N × inputs: points whose derivative is the true one. */
  readonly first: Matrix
  /**
   * M × inputs: points whose derivative is the surrogate one for the SG-NTK; null for the first
   * points again, 'diagonal' to pair every first point with itself alone (M = 1).
   */
  readonly second: Matrix | 'diagonal' | null
  /** The mean over outputs of Θ_kk, as analytic kernels have it, or all Θ_kl. */
  readonly outputs: 'traced' | 'full'
  readonly kernels: readonly KernelName[]
}

/**
 * Empirical kernels of several networks in float32 by the layer-wise Gram form (float64-kernels.ts
 * has the formula), in pieces that are bounded in time and memory.
 *
 * @param kept computes the pieces, for this setting: of whoever asks for such kernels again and again;
 *   null to go operation by operation, which is faster once
 * @returns in the order of `request.kernels`: members × N × M, followed by outputs × outputs where
 *   all of them are asked for
 */
export function* tensorKernels(
  tf: TensorFlowModule,
  request: EmpiricalKernelRequest,
  kept: TileRunner | null = null
): Stepwise<Float32Array[]> {
  const binding = tensorFlowBinding(tf)
  const diagonal = request.second === 'diagonal'
  const tiles = kept ?? plainTiles(binding, { ...request, diagonal })
  try {
    return yield* inTiles(binding, request, tiles)
  } finally {
    if (!kept) tiles.dispose()
  }
}

function* inTiles(
  binding: TensorFlowBinding,
  request: EmpiricalKernelRequest,
  tiles: TileRunner
): Stepwise<Float32Array[]> {
  const { sizes, members, first, second, kernels, outputs } = request
  const diagonal = second === 'diagonal'
  const columns = second === 'diagonal' || second === null ? first : second
  const M = diagonal ? 1 : columns.rows
  const entry = outputs === 'full' ? (sizes.at(-1) ?? 1) ** 2 : 1
  const results = kernels.map(() => new Float32Array(members * first.rows * M * entry))
  const plan = planTiles(sizes, Math.max(first.rows, columns.rows), members)
  for (const block of ranges(members, plan.members)) {
    const parameters = request.parameters.map((layer) => membersOf(layer, members, block))
    const ops = new RawTensors(binding)
    try {
      const layers = tensorLayers(ops, request.programs, sizes, block.count, parameters)
      for (const rows of ranges(first.rows, plan.points)) {
        for (const across of diagonal ? [rows] : ranges(columns.rows, plan.points)) {
          const same = diagonal || (columns === first && rows.from === across.from)
          let tile: Float32Array[] = []
          ops.scope(() => {
            const points = pointsOf(ops, first, rows)
            tile = tiles.run(layers, points, same ? null : pointsOf(ops, columns, across))
            return []
          })
          const target = {
            ...{ block, rows, across: diagonal ? { from: 0, count: 1 } : across },
            ...{ N: first.rows, M, entry }
          }
          tile.forEach((values, i) => {
            placeTile(results[i] ?? values, values, target)
          })
          yield
        }
      }
    } finally {
      ops.dispose()
    }
  }
  return results
}

/** Copies a tile, members × rows × columns × entry, to its place among members × N × M × entry. */
function placeTile(
  result: Float32Array,
  tile: Float32Array,
  place: { block: Range; rows: Range; across: Range; N: number; M: number; entry: number }
): void {
  const { block, rows, across, N, M, entry } = place
  const length = across.count * entry
  for (let member = 0; member < block.count; member++) {
    for (let i = 0; i < rows.count; i++) {
      const from = (member * rows.count + i) * length
      const row = (block.from + member) * N + rows.from + i
      result.set(tile.subarray(from, from + length), (row * M + across.from) * entry)
    }
  }
}

/** Some points, rounded to float32: 1 × points × inputs, for all members. */
function pointsOf(ops: RawTensors, { values, columns }: Matrix, { from, count }: Range): RawTensor {
  const some = values.subarray(from * columns, (from + count) * columns)
  return ops.tensor(Float32Array.from(some), [1, count, columns])
}
