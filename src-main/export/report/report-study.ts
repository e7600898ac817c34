import { expectationText, valueText, verdictText } from '@shared/studies/report-text'
import type { StudyReport } from '@shared/studies/study-report'
import { safeHtml, type SafeHtml } from '../../files/safe-html'

/** A study's section of a report: its verdicts, every finding, and its figures. */
export function studySection(study: StudyReport, id: string, figures: SafeHtml[]): SafeHtml {
  return safeHtml`<section aria-labelledby="${id}">
    <h2 id="${id}">Study ${study.study}, ${study.size}</h2>
    <p class="muted">
      ${study.status}${study.problem === null ? '' : `: ${study.problem}`} · created ${study.createdAt.slice(0, 10)}
    </p>
    <p>${verdictText(study)}.</p>
    ${figures.length === 0 ? null : safeHtml`<div class="figures">${figures}</div>`}
    <div class="wide">
      <table>
        <thead>
          <tr>
            ${['finding', 'value', 'expected', 'verdict'].map((name) => safeHtml`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${study.content.findings.map(
            (finding) =>
              safeHtml`<tr>
                <th scope="row">${finding.label}</th>
                <td>${valueText(finding)}</td>
                <td>${expectationText(finding)}</td>
                <td>${finding.verdict}</td>
              </tr> `
          )}
        </tbody>
      </table>
    </div>
  </section>`
}
