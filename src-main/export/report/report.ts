import type { SessionInfo } from '@shared/organise/session-info'
import type { StoredDataset } from '@shared/protocol/datasets'
import type { RunDetail } from '@shared/protocol/results'
import type { StudyReport } from '@shared/studies/study-report'
import { safeHtml, trustedMarkup, type SafeHtml } from '../../files/safe-html'
import { noteElement, number, runSection, seconds } from './report-run'
import { studySection } from './report-study'
import { reportStyle } from './report-style'

/** A figure as an SVG document, drawn for a light ground and for a dark one. */
export interface ReportFigure {
  /** Below it; empty where its own title says enough. */
  readonly caption: string
  readonly light: string
  readonly dark: string
}

/** Everything that a report shows. */
export interface ReportData {
  readonly info: SessionInfo
  /** Of the session's file. */
  readonly name: string
  readonly appVersion: string
  readonly runs: readonly { readonly run: RunDetail; readonly figures: readonly ReportFigure[] }[]
  /** Those that the session keeps. */
  readonly figures: readonly ReportFigure[]
  readonly studies: readonly {
    readonly study: StudyReport
    readonly figures: readonly ReportFigure[]
  }[]
  readonly datasets: readonly StoredDataset[]
  /** The typeface in base64, as figures are laid out for it. */
  readonly typeface: { readonly regular: string; readonly semiBold: string }
}

/**
 * A session as one HTML document that needs nothing else: no network, no script. It follows the reader's
 * light or dark scheme and prints on paper. The same data give the same document.
 */
export function report(data: ReportData): string {
  const { info, name, appVersion, runs, figures, studies, datasets, typeface } = data
  const title = info.title === '' ? name : info.title
  const { text } = safeHtml`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; font-src data:"
        />
        <meta name="viewport" content="width=device-width" />
        <meta name="generator" content="Tangent Lab ${appVersion}" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          ${trustedMarkup(reportStyle(typeface))}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p class="muted">
            Session ${name} · ${counted(runs.length, 'run')} · report by Tangent Lab ${appVersion}
          </p>
          ${noteElement(info.note)}
        </header>
        <main>
          ${overview(runs.map(({ run }) => run))}
          ${figures.length === 0 ? null : figuresSection(figures)}
          ${runs.map(({ run, figures }, i) =>
            runSection(run, anchor(i), figureElements(figures, anchor(i)))
          )}
          ${studies.map(({ study, figures }, i) =>
            studySection(study, `study-${i + 1}`, figureElements(figures, `study-${i + 1}`))
          )}
          ${datasets.length === 0 ? null : datasetSection(datasets)}
        </main>
      </body>
    </html> `
  return text
}

/** Every run in a line, with the way to its section. */
function overview(runs: readonly RunDetail[]): SafeHtml {
  const line = (run: RunDetail, i: number): SafeHtml => {
    const rmsZ = run.ensembles.map(({ agreement }) => agreement?.rmsZ ?? null)
    return safeHtml`<tr>
      <th scope="row"><a href="#${anchor(i)}">${run.name}</a></th>
      <td>${run.status}</td>
      <td class="number">${run.seed}</td>
      <td>${run.experiment.design.activation.name}</td>
      <td>${run.experiment.surrogate?.name ?? 'true derivative'}</td>
      <td>${run.experiment.widths.join(', ')}</td>
      <td class="number">${run.experiment.ensembleSize}</td>
      <td>${rmsZ.map((value) => number(value)).join(', ')}</td>
      <td class="number">${seconds(run.wallTimeMs)}</td>
    </tr>`
  }
  return safeHtml`<section aria-labelledby="overview">
    <h2 id="overview">Overview</h2>
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">run</th>
            <th scope="col">status</th>
            <th scope="col" class="number">seed</th>
            <th scope="col">activation</th>
            <th scope="col">surrogate</th>
            <th scope="col">widths</th>
            <th scope="col" class="number">networks</th>
            <th scope="col">rms z</th>
            <th scope="col" class="number">time</th>
          </tr>
        </thead>
        <tbody>
          ${runs.map(line)}
        </tbody>
      </table>
    </div>
  </section>`
}

function figuresSection(figures: readonly ReportFigure[]): SafeHtml {
  return safeHtml`<section aria-labelledby="figures">
    <h2 id="figures">Figures</h2>
    <div class="figures">${figureElements(figures, 'figure')}</div>
  </section>`
}

function figureElements(figures: readonly ReportFigure[], prefix: string): SafeHtml[] {
  return figures.map((figure, i) => figureElement(figure, `${prefix}-${i}`))
}

function figureElement({ light, dark, caption }: ReportFigure, id: string): SafeHtml {
  return safeHtml`<figure>
    <div class="on-light">${inPage(light, `${id}-l`)}</div>
    <div class="on-dark" aria-hidden="true">${inPage(dark, `${id}-d`)}</div>
    ${caption === '' ? null : safeHtml`<figcaption>${caption}</figcaption>`}
  </figure>`
}

/** An SVG document as part of a page: as wide as there is room, its names its own in the whole page. */
function inPage(svg: string, prefix: string): SafeHtml {
  const start = svg.indexOf('<svg')
  const end = svg.indexOf('>', start)
  const root = svg.slice(start, end).replaceAll(/ (?:width|height)="[^"]*"/g, '')
  const body = svg
    .slice(end)
    .replaceAll(/(id="|url\(#|href="#)/g, `$1${prefix}-`)
    .replace(/<metadata>.*?<\/metadata>\n?/s, '')
  return trustedMarkup(`${root} role="img"${body}`)
}

function datasetSection(datasets: readonly StoredDataset[]): SafeHtml {
  return safeHtml`<section aria-labelledby="data">
    <h2 id="data">Stored data</h2>
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">name</th>
            <th scope="col" class="number">rows</th>
            <th scope="col" class="number">inputs</th>
            <th scope="col">targets</th>
            <th scope="col">from</th>
            <th scope="col">contents (SHA-256)</th>
          </tr>
        </thead>
        <tbody>
          ${datasets.map(
            ({ name, rows, inputNames, targets, origin, sha256 }) =>
              safeHtml`<tr>
                <th scope="row">${name}</th>
                <td class="number">${rows}</td>
                <td class="number">${inputNames.length}</td>
                <td>${targets.kind}: ${targets.names.join(', ')}</td>
                <td>${origin.fileName}, ${origin.importedAt.slice(0, 10)}</td>
                <td><code>${sha256}</code></td>
              </tr>`
          )}
        </tbody>
      </table>
    </div>
  </section>`
}

function anchor(i: number): string {
  return `run-${i + 1}`
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
