import type { Matrix } from '@shared/design/dataset'
import type { RunDetail } from '@shared/protocol/results'
import { storedNumbers } from './stored-numbers'
import type { StudyTools } from './study-analysis'

/** The kernels of an ensemble's networks at its recorded steps, test × training points. */
export interface NetworkKernels {
  readonly width: number
  readonly conditionIndex: number
  readonly conditionLabel: string
  readonly members: number
  /** At every recorded step: members × entries. */
  readonly steps: readonly { readonly step: number; readonly kernels: Float32Array }[]
}

/** The kernels that a run has recorded of its networks, ensemble by ensemble. */
export function networkKernels(tools: StudyTools, run: RunDetail): NetworkKernels[] {
  const widths = run.experiment.widths.length
  return run.ensembles.map(({ index, width, conditionLabel }) => {
    const steps = storedNumbers(tools.array(run, 'ensemble', index, 'empiricalSteps'), Int32Array)
    const stored = tools.array(run, 'ensemble', index, 'empiricalKernels')
    const kernels = storedNumbers(stored, Float32Array)
    const perStep = kernels.length / steps.length
    return {
      ...{ width, conditionLabel, conditionIndex: Math.floor(index / widths) },
      members: stored.shape[1] ?? 0,
      steps: Array.from(steps, (step, i) => ({
        step,
        kernels: kernels.subarray(i * perStep, (i + 1) * perStep)
      }))
    }
  })
}

/** The analytic kernel K(T, X) that a run predicts one condition from. */
export function analyticKernel(tools: StudyTools, run: RunDetail, conditionIndex: number): Matrix {
  const stored = tools.array(run, 'prediction', conditionIndex, 'kernelTestTrain')
  const { shape } = stored
  return {
    values: storedNumbers(stored, Float64Array),
    rows: shape[0] ?? 0,
    columns: shape[1] ?? 0
  }
}
