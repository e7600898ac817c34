import type { Matrix } from '@shared/design/dataset'
import { LabError } from '@shared/protocol/errors'
import type { RunDetail } from '@shared/protocol/results'
import type { StoredArray } from '../../session/stored-array'
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
    const steps = numbers(tools.array(run, 'ensemble', index, 'empiricalSteps'), Int32Array)
    const stored = tools.array(run, 'ensemble', index, 'empiricalKernels')
    const kernels = numbers(stored, Float32Array)
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
  return { values: numbers(stored, Float64Array), rows: shape[0] ?? 0, columns: shape[1] ?? 0 }
}

function numbers<A>({ data }: StoredArray, type: new () => A): A {
  if (data instanceof type) return data
  throw new LabError('session-unusable', 'A stored array is not of the type that was written.')
}
