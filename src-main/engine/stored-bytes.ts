import type { Dataset } from '@shared/design/dataset'
import { kernelSteps } from '@shared/design/empirical-kernels'
import {
  conditions,
  recordedSteps,
  theoryObjection,
  type Experiment
} from '@shared/design/experiment'

const [FLOAT32, FLOAT64] = [4, 8]

/**
 * Bytes that the arrays of a finished run take in the session (docs/file-format.md lists them); rows and
 * SQLite's own pages, a few per cent, are left out.
 */
export function storedBytes(experiment: Experiment, data: Dataset): number {
  const [n, m] = [data.trainInputs.rows, data.testInputs.rows]
  const k = data.trainTargets.columns
  const { ensembleSize, widths, empiricalKernels } = experiment
  const steps = recordedSteps(experiment)
  const [T, M] = [steps.length, ensembleSize]
  const kernels = 2 * n * n + 2 * m * n + m * m
  const predictions = T * ((n + m) * (k + 1) + 1) + m * (k + 1)
  const prediction = theoryObjection(experiment) === null ? kernels + predictions : 0
  const networkKernels =
    kernelSteps(empiricalKernels, steps).length * Math.min(M, empiricalKernels.members) * m * n
  return conditions(experiment).reduce((total, { design }) => {
    const affineLayers = design.depthHidden + 1
    const ensemble =
      FLOAT32 * (T * M * (n + m) * k + networkKernels) + FLOAT64 * T * M * (1 + affineLayers)
    return total + FLOAT64 * prediction + widths.length * ensemble
  }, 0)
}
