import { readFile } from 'node:fs/promises'
import type { RunDetail } from '@shared/protocol/results'
import { studyFigures } from '@shared/studies/study-figures'
import type { StudyReport } from '@shared/studies/study-report'
import { typefaceFiles } from '../../files/typeface'
import { resourcePath } from '../../resources'
import { appVersion } from '../../version'
import { plotFile } from '../../engine/views/plot-file'
import type { ExportSource } from '../export-source'
import { basicKinds, runFigures, type FigureAppearance, type RenderFigure } from '../figure-files'
import { figuresOnRuns, studiesOnRuns } from '../on-runs'
import { report, type ReportFigure } from './report'

/** 150 mm wide with letters of 9 points: two fit side by side on a page. */
const appearance: FigureAppearance = {
  ...{ theme: 'light', width: 567, height: 378, fontSize: 9, dotsPerInch: 96 },
  ...{ title: true, provenance: false }
}

/**
 * The report of a session, or of some of its runs, as one HTML document.
 *
 * @throws {LabError} 'session-unusable' where stored arrays are damaged
 */
export async function sessionReport(
  { session }: ExportSource,
  render: RenderFigure,
  runIds: readonly string[]
): Promise<string> {
  const runs = []
  for (const id of runIds) {
    const run = session.showRun(id)
    runs.push({ run, figures: await figuresOf(run, render) })
  }
  const font = async (file: string): Promise<string> =>
    (await readFile(resourcePath('fonts', file))).toString('base64')
  const figures = []
  for (const { name, spec } of figuresOnRuns(session, runIds)) {
    const drawn = async (theme: 'light' | 'dark'): Promise<string> => {
      const { bytes } = await render({ ...spec, theme, format: 'svg', dotsPerInch: 96 })
      return new TextDecoder().decode(bytes)
    }
    figures.push({ caption: name, light: await drawn('light'), dark: await drawn('dark') })
  }
  const studies = []
  for (const study of studiesOnRuns(session, runIds)) {
    studies.push({ study, figures: await figuresOfStudy(study) })
  }
  return report({
    info: session.organiser.info(),
    name: session.summary().name,
    appVersion,
    runs,
    figures,
    studies,
    datasets: session.listDatasets(),
    typeface: {
      regular: await font(typefaceFiles.regular),
      semiBold: await font(typefaceFiles.semiBold)
    }
  })
}

async function figuresOf(run: RunDetail, render: RenderFigure): Promise<ReportFigure[]> {
  const drawn = async (theme: 'light' | 'dark'): Promise<string[]> => {
    const texts: string[] = []
    const choice = {
      kinds: basicKinds,
      appearance: { ...appearance, theme },
      formats: ['svg']
    } as const
    for await (const { bytes } of runFigures(render, run, choice)) {
      texts.push(new TextDecoder().decode(bytes))
    }
    return texts
  }
  const [light, dark] = [await drawn('light'), await drawn('dark')]
  return light.map((svg, i) => ({ caption: '', light: svg, dark: dark[i] ?? svg }))
}

async function figuresOfStudy(study: StudyReport): Promise<ReportFigure[]> {
  const figures: ReportFigure[] = []
  for (const { caption, plot } of studyFigures(study)) {
    const drawn = async (theme: 'light' | 'dark'): Promise<string> => {
      const svg = await plotFile(plot, { ...appearance, theme, format: 'svg' }, study.finishedAt)
      return new TextDecoder().decode(svg)
    }
    figures.push({ caption, light: await drawn('light'), dark: await drawn('dark') })
  }
  return figures
}
