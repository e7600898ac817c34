import { parameterised } from '../../engine/views/run-provenance'
import { noteHtml } from '@shared/organise/note-html'
import type { EnsembleSummary, RunDetail } from '@shared/protocol/results'
import { formatNumber } from '@shared/figures/numbers'
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
    ${run.ensembles.length === 0 ? null : agreementTable(run.ensembles)}
    ${figures.length === 0 ? null : safeHtml`<div class="figures">${figures}</div>`}
  </section>`
}

type Fact = readonly [name: string, value: string]

function experimentFacts({ experiment, stepSize }: RunDetail): Fact[] {
  const { design, surrogate, data } = experiment
  const { kind, ...rest } = data
  const { kind: optimiser, ...optimiserParameters } = experiment.optimiser
  return [
    ['data', stated(kind, rest)],
    ['activation', parameterised(design.activation)],
    ['surrogate', surrogate ? parameterised(surrogate) : 'none: true derivative'],
    ['hidden layers', String(design.depthHidden)],
    ['σ_w, σ_b, κ', `${design.sigmaW}, ${design.sigmaB}, ${design.outputScale}`],
    ['widths', experiment.widths.join(', ')],
    ['networks per width', String(experiment.ensembleSize)],
    ['steps', String(experiment.steps)],
    ['step size η', formatNumber(stepSize, 4)],
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

const agreementColumns: readonly (readonly [string, (ensemble: EnsembleSummary) => string])[] = [
  ['width', ({ width }) => String(width)],
  ['condition', ({ conditionLabel }) => conditionLabel || '–'],
  ['loss', ({ finalLoss }) => number(finalLoss)],
  ['RMSE', ({ agreement }) => number(agreement?.rmse)],
  ['rms z', ({ agreement }) => number(agreement?.rmsZ)],
  ['p (mean)', ({ agreement }) => number(agreement?.verdict?.meanPValue)],
  ['max |z|', ({ agreement }) => number(agreement?.maxAbsZ)],
  ['rms z (s.d.)', ({ agreement }) => number(agreement?.rmsZDeviation)],
  ['p (s.d.)', ({ agreement }) => number(agreement?.verdict?.spreadPValue)],
  ['mean in band', ({ agreement }) => number(agreement?.meanInBand)],
  ['members in band', ({ agreement }) => number(agreement?.membersInBand)],
  ['RMSE to NNGP', ({ agreement }) => number(agreement?.rmseNngp)]
]

function agreementTable(ensembles: readonly EnsembleSummary[]): SafeHtml {
  return safeHtml`<div class="wide">
    <table>
      <caption>
        Agreement with theory over the test points at the last step
      </caption>
      <thead>
        <tr>
          ${agreementColumns.map(([name]) => safeHtml`<th scope="col" class="number">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${ensembles.map(
          (ensemble) =>
            safeHtml`<tr>
              ${agreementColumns.map(([, value]) => safeHtml`<td class="number">${value(ensemble)}</td>`)}
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
