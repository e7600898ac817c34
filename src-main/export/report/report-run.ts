import { parameterised } from '../../engine/views/run-provenance'
import { stepPace } from '@shared/design/experiment'
import { noteHtml } from '@shared/organise/note-html'
import type { EnsembleSummary, RunDetail } from '@shared/protocol/results'
import { formatNumber } from '@shared/figures/numbers'
import { ensembleTable } from '../ensemble-columns'
import { safeHtml, trustedMarkup, type SafeHtml } from '../../files/safe-html'

/** A run's section of a report: what it computed, on what, how well it agrees with theory, its figures. */
export function runSection(run: RunDetail, id: string, figures: readonly SafeHtml[]): SafeHtml {
  const labels = [
    ...(run.group === null ? [] : [`group ${run.group}`]),
    ...run.tags.map((tag) => `#${tag}`),
    ...(run.archived ? ['archived'] : [])
  ]
  return safeHtml`<section aria-labelledby="${id}">
    <h2 id="${id}">${run.name}</h2>
    <p class="muted">
      ${run.status}${run.problem === null ? '' : `: ${run.problem}`}${labels.map((label) => safeHtml` · ${label}`)}
    </p>
    ${noteElement(run.note)}
    ${run.warnings.map((warning) => safeHtml`<p class="warning">${warning}</p>`)}
    <div class="facts">
      ${factTable('Experiment', experimentFacts(run))}
      ${factTable('Provenance', provenanceFacts(run))}
    </div>
    ${run.ensembles.length === 0 ? null : resultTable(run.ensembles)}
    ${figures.length === 0 ? null : safeHtml`<div class="figures">${figures}</div>`}
  </section>`
}

type Fact = readonly [name: string, value: string]

function experimentFacts({ experiment, stepSize }: RunDetail): Fact[] {
  const { design, surrogate, data } = experiment
  const pace = stepPace(experiment, stepSize)
  const { kind, ...rest } = data
  const { kind: optimiser, ...optimiserParameters } = experiment.optimiser
  return [
    ['data', stated(kind, rest)],
    ['activation', parameterised(design.activation)],
    ['surrogate', surrogate ? parameterised(surrogate) : 'none: true derivative'],
    ['hidden layers', String(design.depthHidden)],
    ['σ_w, σ_b, κ', `${design.sigmaW}, ${design.sigmaB}, ${design.outputScale}`],
    ['parametrisation', design.parametrisation],
    ['widths', experiment.widths.join(', ')],
    ['networks per width', String(experiment.ensembleSize)],
    ['steps', String(experiment.steps)],
    [pace.name, formatNumber(pace.value, 4)],
    ['optimiser', stated(optimiser, optimiserParameters)],
    ['loss', experiment.loss],
    ['seed', String(experiment.seed)]
  ]
}

/** A name with its parameters; long ones are cut. */
function stated(name: string, parameters: object): string {
  const all = Object.entries(parameters).map(([key, value]: [string, unknown]) =>
    short(`${key} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  )
  return [name, ...all].join(', ')
}

function provenanceFacts(run: RunDetail): Fact[] {
  const { environment } = run
  return [
    ['run', run.id],
    ['experiment (SHA-256)', run.configHash],
    ['created', run.createdAt],
    ['finished', run.finishedAt ?? '–'],
    ['time', seconds(run.wallTimeMs)],
    ...(environment
      ? ([
          [
            'computed by',
            `Tangent Lab ${environment.appVersion}, TensorFlow ${environment.tensorflowVersion}`
          ],
          ['on', `${environment.device}; ${environment.cpuModel}, ${environment.cpuCount} cores`],
          [
            'system',
            `${environment.platform}, Node ${environment.nodeVersion}, SQLite ${environment.sqliteVersion}`
          ]
        ] as const)
      : [])
  ]
}

function factTable(caption: string, facts: readonly Fact[]): SafeHtml {
  return safeHtml`<table>
    <caption>
      ${caption}
    </caption>
    <tbody>
      ${facts.map(
        ([name, value]) =>
          safeHtml`<tr>
            <th scope="row">${name}</th>
            <td>${value}</td>
          </tr> `
      )}
    </tbody>
  </table>`
}

function resultTable(ensembles: readonly EnsembleSummary[]): SafeHtml {
  const { caption, columns } = ensembleTable(ensembles)
  const text = (value: number | string | null): string =>
    typeof value === 'string' ? value : number(value)
  return safeHtml`<div class="wide">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ name }) => safeHtml`<th scope="col" class="number">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${ensembles.map(
          (ensemble) =>
            safeHtml`<tr>
              ${columns.map(({ value }) => safeHtml`<td class="number">${text(value(ensemble))}</td>`)}
            </tr> `
        )}
      </tbody>
    </table>
  </div>`
}

/** A note as its Markdown reads; nothing where there is none. */
export function noteElement(note: string): SafeHtml | null {
  return note === '' ? null : safeHtml`<div class="note">${trustedMarkup(noteHtml(note))}</div>`
}

/** A number for people; "–" where there is none. */
export function number(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : formatNumber(value)
}

/** A duration for people. */
export function seconds(ms: number | null): string {
  return ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`
}

/** Data stated in full may be long. */
function short(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 120)} …`
}
