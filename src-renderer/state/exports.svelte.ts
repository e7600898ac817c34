import type { FigureRequest, FigureSpec } from '@shared/figures/figure-request'
import type { ReportFormat } from '@shared/protocol/exports'
import { fileNameWords, runFileName } from '@shared/protocol/run-file-name'
import type { DataFormat } from '@shared/protocol/run-data'
import type { StudySummary } from '@shared/studies/study-report'
import type { Connection } from './connection.svelte'
import {
  drawnAs,
  initialSettings,
  rememberedSettings,
  rememberSettings,
  type ExportSettings
} from './export-settings'
import type { Notices } from './notices.svelte'

/** A figure; what it does not state of how it is drawn is as the user last chose it. */
export type FigureChoice = Pick<FigureRequest, 'source'> & Partial<FigureSpec>

/** Anything that a run's files are named after. */
interface Named {
  readonly id: string
  readonly name: string
}

/** What leaves the session as files or by the clipboard, and comes in as bundles. */
export class Exports {
  settings = $state.raw<ExportSettings>(initialSettings)

  constructor(
    private readonly connection: Connection,
    private readonly notices: Notices,
    private readonly store: Storage
  ) {
    this.settings = rememberedSettings(store)
  }

  /** Takes up how figures are drawn from now on, and keeps it. */
  choose(settings: ExportSettings): void {
    this.settings = settings
    rememberSettings(this.store, settings)
  }

  /** Saves a figure where the user wants it. */
  async saveFigure(figure: FigureChoice, format: FigureRequest['format']): Promise<void> {
    const request = { ...drawnAs(this.settings), ...figure, format }
    this.saved(await this.connection.ask((bridge) => bridge.invoke('figure:save', request)))
  }

  /** Puts a figure on the clipboard. */
  async copyFigure(figure: FigureChoice): Promise<void> {
    const request = { ...drawnAs(this.settings), ...figure, format: 'png' } as const
    const copied = await this.connection.ask(async (bridge) => {
      await bridge.invoke('figure:copy', request)
      return true
    })
    if (copied) this.notices.done('Copied the figure, as a picture and as SVG text')
  }

  /** Saves a run's data into a folder where the user wants it. */
  async saveData(run: Named, format: DataFormat, kernels: boolean): Promise<void> {
    const request = { runId: run.id, format, kernels, name: runFileName(run) }
    this.saved(await this.connection.ask((bridge) => bridge.invoke('data:save', request)))
  }

  /** Saves a study's report, tables and figures into a folder where the user wants it. */
  async saveStudy({ id, study, size }: StudySummary): Promise<void> {
    const request = { studyId: id, name: `${study}-${size}` }
    this.saved(await this.connection.ask((bridge) => bridge.invoke('study:save', request)))
  }

  /** Saves a run as a whole. */
  async saveBundle(run: Named): Promise<void> {
    const request = { runIds: [run.id], name: runFileName(run) }
    this.saved(await this.connection.ask((bridge) => bridge.invoke('bundle:save', request)))
  }

  /** Saves a report of the session. */
  async saveReport(format: ReportFormat): Promise<void> {
    this.saved(await this.connection.ask((bridge) => bridge.invoke('report:save', { format })))
  }

  /** Saves an experiment as JSON where the user wants it. */
  async saveExperiment(name: string, text: string): Promise<void> {
    const request = { text, name: fileNameWords(name) || 'experiment' }
    this.saved(await this.connection.ask((bridge) => bridge.invoke('experiment:save', request)))
  }

  /** Puts text on the clipboard, and says what it was. */
  async copyText(text: string, what: string): Promise<void> {
    const copied = await this.connection.ask(async (bridge) => {
      await bridge.invoke('text:copy', text)
      return true
    })
    if (copied) this.notices.done(`Copied ${what}`)
  }

  /** The text of an experiment's file that the user chooses; null where they changed their mind. */
  openExperiment(): Promise<string | null> {
    return this.connection.ask((bridge) => bridge.invoke('experiment:open', undefined))
  }

  /** Imports a bundle that the user chooses. */
  async openBundle(): Promise<void> {
    const imported = await this.connection.ask((bridge) => bridge.invoke('bundle:open', undefined))
    if (imported === null) return
    const added = imported.runs.filter(({ isNew }) => isNew).length
    const there = imported.runs.length - added
    this.notices.done(
      [
        `Imported ${added} ${added === 1 ? 'run' : 'runs'}`,
        ...(there > 0 ? [`${there} were there already`] : [])
      ].join('; ')
    )
  }

  private saved(path: string | null): void {
    if (path !== null) this.notices.done(`Saved ${path}`)
  }
}
