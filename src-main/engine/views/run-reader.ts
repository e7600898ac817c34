import { resolveDataset, type Dataset } from '@shared/design/dataset'
import type { TableSource } from '@shared/design/datasets/table'
import {
  conditionLabel,
  conditions,
  theoryObjection,
  type Condition
} from '@shared/design/experiment'
import type { EnsembleGrid, PanelPlace } from '@shared/figures/panel-place'
import { LabError } from '@shared/protocol/errors'
import type { RunDetail } from '@shared/protocol/results'
import type { Session } from '../../session/session'
import { runProvenance } from './run-provenance'

/** A finished ensemble and its place in the grid of conditions and widths. */
export interface PlacedEnsemble extends PanelPlace {
  readonly index: number
  readonly width: number
}

/** What is stored of a run, read when it is asked for. */
export class RunReader {
  readonly run: RunDetail
  readonly data: Dataset
  readonly conditions: readonly Condition[]
  /** Finished ones, by their index. */
  readonly ensembles: readonly PlacedEnsemble[]

  /** @throws {LabError} 'not-found' for an unknown run */
  constructor(
    private readonly session: Session,
    tables: TableSource,
    runId: string
  ) {
    this.run = session.showRun(runId)
    this.data = resolveDataset(this.run.experiment.data, tables)
    this.conditions = conditions(this.run.experiment)
    const widths = this.run.experiment.widths.length
    this.ensembles = this.run.ensembles.map(({ index, width }) => ({
      ...{ index, width, row: Math.floor(index / widths), column: index % widths }
    }))
  }

  /** Kernel theory describes the training, so that there are predictions. */
  get predicted(): boolean {
    return theoryObjection(this.run.experiment) === null
  }

  /** "SG-NTK" or "NTK". */
  get kernelName(): string {
    return this.run.experiment.surrogate ? 'SG-NTK' : 'NTK'
  }

  get grid(): EnsembleGrid {
    const { experiment } = this.run
    const labels = this.conditions.map((condition) => conditionLabel(experiment, condition))
    return { conditions: labels, widths: experiment.widths }
  }

  /** What every figure of the whole run says of where it comes from. */
  get origin(): { title: string; provenance: string } {
    return { title: this.run.name, provenance: runProvenance(this.run) }
  }

  /** The same of one ensemble. */
  originOf(index: number): { title: string; provenance: string } {
    const { width, row } = this.ensemble(index)
    const condition = this.grid.conditions[row] ?? ''
    const title = [this.run.name, `width ${width}`, condition].filter((part) => part !== '')
    return { title: title.join(', '), provenance: runProvenance(this.run, width) }
  }

  /** @throws {LabError} 'not-found' where the run has no such ensemble yet */
  ensemble(index: number): PlacedEnsemble {
    const found = this.ensembles.find((ensemble) => ensemble.index === index)
    if (found) return found
    throw new LabError('not-found', `run ${this.run.id} has no finished ensemble ${index}`)
  }

  /**
   * A stored array.
   *
   * @throws {LabError} 'not-found'; 'session-unusable' where it is damaged or of another type
   */
  read<A extends Float64Array | Float32Array | Int32Array>(
    kind: 'prediction' | 'ensemble',
    index: number,
    name: string,
    type: new () => A
  ): A {
    const { data } = this.session.readArray(this.run.id, kind, index, name)
    if (data instanceof type) return data
    throw new LabError(
      'session-unusable',
      `array ${name} of run ${this.run.id} has an unexpected type`
    )
  }

  /** A matrix or other numbers of a condition's prediction; null where theory predicts nothing. */
  prediction(row: number, name: string): Float64Array | null {
    return this.predicted ? this.read('prediction', row, name, Float64Array) : null
  }

  /** As `prediction`, for figures that are of nothing else. */
  requiredPrediction(row: number, name: string): Float64Array {
    const found = this.prediction(row, name)
    if (found) return found
    const objection = theoryObjection(this.run.experiment) ?? ''
    throw new LabError('invalid-request', `there is no prediction to show: ${objection}`)
  }
}
