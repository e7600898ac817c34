import { infiniteWidth } from '@shared/comparison/infinite-width'
import { kernelError } from '@shared/comparison/kernel-error'
import { resolveDataset } from '@shared/design/dataset'
import type { Experiment } from '@shared/design/experiment'
import { finding, Z_LIMIT } from '@shared/studies/finding'
import { meanEstimate } from '@shared/studies/mean-estimate'
import { orientation } from '@shared/studies/orientation'
import { kernelPieces } from '@shared/theory/kernels'
import { transpose } from '@shared/theory/matrix-arithmetic'
import { analyticKernel, networkKernels } from './network-kernels'
import type { StudyPart } from './study-analysis'

/**
 * Which way round the SG-NTK is: kernels of networks at initialisation against the analytic kernel with
 * the true derivative at test and the surrogate at training points, and against the one the other way
 * round. On points of one norm both are the same; here norms must differ.
 *
 * @param experiment records kernels at step 0, without a sweep
 */
export function orientationPart(id: string, experiment: Experiment, weight: number): StudyPart {
  return {
    ...{ id, weight },
    title: 'the SG-NTK both ways round, on points of unequal norm',
    compute: async (tools) => {
      const run = await tools.trained(experiment)
      const { trainInputs, testInputs } = resolveDataset(experiment.data, tools.tables)
      const { design, surrogate } = experiment
      const right = analyticKernel(tools, run, 0).values
      const swapped = await tools.compute(kernelPieces(design, surrogate, trainInputs, testInputs))
      if (!swapped.sgNtk) throw new RangeError('the experiment trains with a surrogate')
      const wrong = transpose(swapped.sgNtk).values
      const widths = networkKernels(tools, run).map(({ width, members, steps }) => {
        const kernels = steps[0]?.kernels ?? new Float32Array()
        const positions = Array.from({ length: members }, (_, member) =>
          orientation(
            kernels.subarray(member * right.length, (member + 1) * right.length),
            right,
            wrong
          )
        )
        return {
          ...{ width, ...meanEstimate(positions) },
          toRight: kernelError({ width, kernels }, right).ofMean,
          toWrong: kernelError({ width, kernels }, wrong).ofMean
        }
      })
      const limit = infiniteWidth(widths)
      if (!limit) throw new RangeError('the experiment has several widths')
      const difference = distance(right, wrong) / distance(right, new Float64Array(right.length))
      return {
        runIds: [run.id],
        findings: [
          finding({
            id: `${id}-difference`,
            label: 'difference between the SG-NTK both ways round, ‖K − K̃‖/‖K‖',
            value: difference
          }),
          finding({
            id: `${id}-position`,
            label:
              'where networks’ kernels lie, extrapolated to infinite width: 1 for the true derivative at ' +
              'test points, −1 for the other way round',
            ...limit,
            expectation: {
              low: 1,
              high: 1,
              reason: 'the SG-NTK’s first argument is the test point'
            }
          }),
          finding({
            id: `${id}-rejection`,
            label: 'the other way round is this many standard errors away',
            value: (limit.value + 1) / limit.standardError,
            expectation: { low: Z_LIMIT, high: null, reason: 'only one way round agrees' }
          })
        ],
        tables: [
          {
            id: `${id}-widths`,
            title:
              'Kernels of networks on points of unequal norm against the SG-NTK both ways round',
            columns: [
              ...['width', 'networks', 'position', 'standard error'],
              ...['‖mean − K‖/‖K‖', '‖mean − K̃‖/‖K̃‖']
            ],
            rows: widths.map(({ width, value, standardError, toRight, toWrong }) => [
              ...[width, experiment.empiricalKernels.members, value, standardError],
              ...[toRight, toWrong]
            ])
          }
        ]
      }
    }
  }
}

function distance(x: Float64Array, y: Float64Array): number {
  return Math.sqrt(x.reduce((total, value, i) => total + (value - (y[i] ?? NaN)) ** 2, 0))
}
