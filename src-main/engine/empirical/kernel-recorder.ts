import { kernelError } from '@shared/comparison/kernel-error'
import type { Matrix } from '@shared/design/dataset'
import { kernelSteps, type EmpiricalKernels } from '@shared/design/empirical-kernels'
import { networkLayers } from '@shared/design/network'
import type { KernelErrorAtStep } from '@shared/protocol/comparison'
import { LabError } from '@shared/protocol/errors'
import { tensorFlowBinding, type TensorFlowModule } from '../tensorflow'
import type { EnsembleJob } from '../training/train-ensemble'
import type { Trainer } from '../training/trainer'
import { inTurns } from '../turns'
import { networkPrograms } from './network-programs'
import { membersOf } from './parameter-layout'
import { tensorKernels, type EmpiricalKernelRequest } from './tensor-kernels'
import { compiledTiles, type TileRunner } from './tile-runner'

/** No run stores more than this of kernels for one ensemble. */
const BYTES_LIMIT = 2 ** 30

/**
 * Records the kernels of networks while they are in training, between test points (rows, true
 * derivative) and training points (columns, surrogate), the mean over outputs.
 */
export class KernelRecorder {
  readonly steps: readonly number[]
  readonly members: number
  /** Steps × members × test points × training points; NaN where nothing is recorded yet. */
  readonly values: Float32Array
  private readonly perNetwork: number
  private readonly setting: Pick<EmpiricalKernelRequest, 'programs' | 'outputs' | 'kernels'>
  private readonly tiles: TileRunner

  /**
   * @param job the ensemble that is trained
   * @throws {LabError} 'invalid-request' where the kernels would take more than 1 GiB
   */
  constructor(
    private readonly tf: TensorFlowModule,
    private readonly job: EnsembleJob,
    wanted: EmpiricalKernels
  ) {
    const { testInputs, trainInputs } = job.data
    this.steps = kernelSteps(wanted, job.recordedSteps)
    this.members = Math.min(wanted.members, job.members)
    this.perNetwork = testInputs.rows * trainInputs.rows
    const length = this.steps.length * this.members * this.perNetwork
    if (4 * length > BYTES_LIMIT) {
      throw new LabError(
        'invalid-request',
        `empiricalKernels: ${this.steps.length} steps of ${this.members} networks, each ` +
          `${testInputs.rows} × ${trainInputs.rows}, would take ${Math.ceil((4 * length) / 2 ** 20)} ` +
          'MiB an ensemble: lower members, or record at "ends" only'
      )
    }
    this.values = new Float32Array(length).fill(NaN)
    const { design, surrogate, sizes } = job
    this.setting = {
      programs: networkPrograms(design, surrogate, sizes, wanted.standIn),
      outputs: 'traced',
      kernels: [this.isSurrogate() ? 'sgNtk' : 'ntk']
    }
    this.tiles = compiledTiles(tensorFlowBinding(tf), { ...this.setting, diagonal: false })
  }

  /** Takes the kernels of a block of networks, whose first is number `from`, where they are wanted. */
  async record(step: number, from: number, trainer: Trainer, signal: AbortSignal): Promise<void> {
    const at = this.steps.indexOf(step)
    const count = Math.min(trainer.members, this.members - from)
    if (at < 0 || count <= 0) return
    const { sizes, data } = this.job
    const request: EmpiricalKernelRequest = {
      ...this.setting,
      ...{ sizes, members: count },
      parameters: trainer
        .parameters()
        .map((layer) => membersOf(layer, trainer.members, { from: 0, count })),
      ...{ first: data.testInputs, second: data.trainInputs }
    }
    const [kernels] = await inTurns(tensorKernels(this.tf, request, this.tiles), signal)
    if (kernels) this.values.set(kernels, (at * this.members + from) * this.perNetwork)
  }

  /** How far the networks' kernels are from the analytic one, test × training points. */
  errors({ values }: Matrix): KernelErrorAtStep[] {
    const perStep = this.members * this.perNetwork
    return this.steps.flatMap((step, i) => {
      const kernels = this.values.subarray(i * perStep, (i + 1) * perStep)
      const { perNetwork, ofMean, ofExpectation } = kernelError(
        { width: this.job.width, kernels },
        values
      )
      const total = perNetwork.reduce((sum, error) => sum + error, 0)
      // A step that was not recorded has no error.
      if (!Number.isFinite(total)) return []
      return [{ step, ofNetworks: total / perNetwork.length, ofMean, ofExpectation }]
    })
  }

  dispose(): void {
    this.tiles.dispose()
  }

  private isSurrogate(): boolean {
    const { hidden } = networkLayers(this.job.design, this.job.surrogate)
    return hidden.some(({ surrogate }) => surrogate !== null)
  }
}
