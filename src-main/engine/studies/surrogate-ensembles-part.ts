import { finding, type Finding } from '@shared/studies/finding'
import type { Experiment } from '@shared/design/experiment'
import { meanEstimate } from '@shared/studies/mean-estimate'
import type { RunDetail } from '@shared/protocol/results'
import type { StudyTable } from '@shared/studies/study-report'
import type { StudyPart, StudyTools } from './study-analysis'
import { MATCHED_AREA } from './surrogate-properties-part'
import { shaped, type ShapeName } from './surrogate-shapes'
import { predictedCondition, trainedEnsembles } from './trained-ensembles'

interface Parameters {
  readonly networks: Experiment
  readonly height: number
  readonly factor: number
}

interface Setting {
  readonly label: string
  readonly experiment: Experiment
}

/**
 * Sign networks trained with surrogates of equal area: does each change as their SG-NTK says when the surrogate
 * is exchanged?
 */
export function surrogateEnsemblesPart({ networks, height, factor }: Parameters): StudyPart {
  const setting = (label: string, shape: ShapeName, value: number): Setting => ({
    label,
    experiment: {
      ...networks,
      name: `${networks.name}, ${label}`,
      surrogate: shaped(shape, MATCHED_AREA, value)
    }
  })
  // The first is what the others are compared with.
  const settings = [
    setting('wide erf′', 'erf′', height),
    setting('narrow erf′', 'erf′', height * factor),
    setting('boxcar', 'boxcar', height),
    setting('fast sigmoid', 'fast sigmoid', height)
  ]
  return {
    ...{ id: 'ensembles', title: 'ensembles trained with different surrogates', weight: 30 },
    async compute(tools) {
      const runs: RunDetail[] = []
      for (const { experiment } of settings) {
        runs.push(await tools.trained(experiment))
        tools.progress(runs.length / settings.length)
      }
      const [reference, ...others] = runs.map((run) => lastStep(tools, run))
      if (!reference) throw new RangeError('there is a reference')
      const findings: Finding[] = []
      const rows: StudyTable['rows'] = reference.ensembles.map(({ width, rmse }) => [
        ...[settings[0]?.label ?? '', width, rmse, null, null]
      ])
      for (const [i, other] of others.entries()) {
        const label = settings[i + 1]?.label ?? ''
        for (const [at, { width, members, rmse }] of other.ensembles.entries()) {
          // Both ensembles start from the same parameters, network by network.
          const { value, standardError } = meanEstimate(
            members.map((outputs, k) =>
              response(outputs, reference.ensembles[at]?.members[k] ?? outputs, other, reference)
            )
          )
          rows.push([label, width, rmse, value, standardError])
          if (at < other.ensembles.length - 1) continue
          findings.push(
            finding({
              id: `response-${i}`,
              label: `${label} in place of ${settings[0]?.label ?? ''}, width ${width}: change of what is learned, as a share of the predicted one`,
              ...{ value, standardError },
              expectation: {
                ...{ low: 0, high: 1 },
                reason: 'networks change as their SG-NTK says, in full when they are wide'
              }
            })
          )
        }
      }
      return {
        runIds: runs.map(({ id }) => id),
        findings,
        tables: [
          {
            id: 'ensembles',
            title: 'Sign networks trained with surrogates of equal area, at the last step',
            columns: [
              ...['surrogate', 'width', 'RMSE to its own prediction'],
              ...['share of the predicted change', 'standard error']
            ],
            rows
          }
        ]
      }
    }
  }
}

/** ⟨f − f₀, p − p₀⟩/‖p − p₀‖²: how much of the predicted change one network has made. */
function response(
  outputs: Float32Array,
  before: Float32Array,
  { predicted }: { readonly predicted: Float64Array },
  { predicted: predictedBefore }: { readonly predicted: Float64Array }
): number {
  let [along, squared] = [0, 0]
  predicted.forEach((value, i) => {
    const change = value - (predictedBefore[i] ?? NaN)
    along += ((outputs[i] ?? NaN) - (before[i] ?? NaN)) * change
    squared += change * change
  })
  return along / squared
}

/** What a run's ensembles have learned at the last step, and what was predicted. */
function lastStep(tools: StudyTools, run: RunDetail) {
  const predicted = predictedCondition(tools, run, 0).means.at(-1) ?? new Float64Array()
  const points = predicted.length
  return {
    predicted,
    ensembles: trainedEnsembles(tools, run).map(({ width, members: count, testOutputs }, i) => {
      const last = testOutputs.at(-1) ?? new Float32Array()
      const members = Array.from({ length: count }, (_, member) =>
        last.subarray(member * points, (member + 1) * points)
      )
      return { width, members, rmse: run.ensembles[i]?.agreement?.rmse ?? null }
    })
  }
}
