import type { Dataset } from '@shared/design/dataset'
import type { Prediction } from '@shared/theory/prediction'
import type { KernelRecorder } from '../empirical/kernel-recorder'
import type { TrainedEnsemble } from '../training/ensemble-record'

/** An ensemble in training, as far as it is recorded: references to arrays that training goes on in. */
export interface LiveEnsemble {
  readonly runId: string
  readonly ensembleIndex: number
  readonly width: number
  readonly conditionLabel: string
  readonly data: Dataset
  /** All steps that are recorded, and the place among them of the last one. */
  readonly steps: readonly number[]
  readonly record: number
  /** Networks that are recorded up to there: the first ones of the ensemble. */
  readonly networks: number
  /** R×E×… for all networks of the ensemble; what is not recorded yet is 0. */
  readonly result: TrainedEnsemble
  readonly recorder: Pick<KernelRecorder, 'steps' | 'members' | 'values'>
  /** null where kernel theory does not describe the training. */
  readonly prediction: Prediction | null
}
