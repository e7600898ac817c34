import type { Experiment } from '@shared/design/experiment'
import { ensembleAgreement, type EnsembleAgreement } from '@shared/studies/ensemble-agreement'
import { finding, type Finding } from '@shared/studies/finding'
import type { StudyTable } from '@shared/studies/study-report'
import type { StudyPart } from './study-analysis'
import { predictedCondition, trainedEnsembles } from './trained-ensembles'

/** A part that varies one thing. */
interface AgreementPart extends Pick<StudyPart, 'id' | 'title' | 'weight'> {
  /** With one output; conditions are those of its sweep, or the experiments by this name. */
  readonly experiments: readonly { readonly label: string; readonly networks: Experiment }[]
}

interface Row {
  readonly condition: string
  readonly width: number
  readonly end: EnsembleAgreement
}

/** How agreement with the SG-NTK prediction at the end of training depends on width and on one thing more. */
export function agreementPart({ experiments, ...part }: AgreementPart): StudyPart {
  return {
    ...part,
    async compute(tools) {
      const rows: Row[] = []
      const runIds: string[] = []
      for (const [i, { label, networks }] of experiments.entries()) {
        const run = await tools.trained(networks)
        runIds.push(run.id)
        for (const ensemble of trainedEnsembles(tools, run)) {
          const { means, deviations } = predictedCondition(tools, run, ensemble.conditionIndex)
          const [mean, deviation] = [means.at(-1), deviations.at(-1)]
          const outputs = ensemble.testOutputs.at(-1)
          if (!mean || !deviation || !outputs) continue
          rows.push({
            condition: ensemble.conditionLabel === '' ? label : ensemble.conditionLabel,
            width: ensemble.width,
            end: ensembleAgreement(outputs, { mean, deviation, along: mean })
          })
        }
        tools.progress((i + 1) / experiments.length)
      }
      return { runIds, findings: findings(part.id, rows), tables: [table(part, rows)] }
    }
  }
}

function findings(id: string, rows: readonly Row[]): Finding[] {
  const labels = [...new Set(rows.map(({ condition }) => condition))]
  return labels.flatMap((label, i) => {
    const own = rows.filter(({ condition }) => condition === label)
    const [narrow, wide] = [own[0], own.at(-1)]
    if (!narrow || !wide) return []
    return [
      finding({
        id: `${id}-${i}-nearer`,
        label: `${label}: squared distance of the mean from the prediction, width ${narrow.width} less width ${wide.width}, over ‖p‖²`,
        value: narrow.end.distance.value - wide.end.distance.value,
        standardError: Math.hypot(
          narrow.end.distance.standardError,
          wide.end.distance.standardError
        ),
        expectation: { low: 0, high: null, reason: 'wider networks are nearer to the prediction' }
      }),
      finding({
        id: `${id}-${i}-position`,
        label: `${label}: mean along the predicted function (1 in the limit), width ${wide.width}`,
        ...wide.end.position
      })
    ]
  })
}

function table({ id, title }: Pick<StudyPart, 'id' | 'title'>, rows: readonly Row[]): StudyTable {
  return {
    id,
    title: `${title.charAt(0).toUpperCase()}${title.slice(1)}, at the end of training`,
    columns: [
      ...['condition', 'width', 'along the prediction', 'standard error', 'squared distance'],
      ...['± (distance)', 'variance', '± (variance)', 'in 95 % band']
    ],
    rows: rows.map(({ condition, width, end: { position, distance, spread, inBand } }) => [
      ...[condition, width, position.value, position.standardError, distance.value],
      ...[distance.standardError, spread.value, spread.standardError, inBand.value]
    ])
  }
}
