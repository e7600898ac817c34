import BookOpenCheck from '@lucide/svelte/icons/book-open-check'
import ChartSpline from '@lucide/svelte/icons/chart-spline'
import CircleHelp from '@lucide/svelte/icons/circle-question-mark'
import Database from '@lucide/svelte/icons/database'
import FlaskConical from '@lucide/svelte/icons/flask-conical'
import House from '@lucide/svelte/icons/house'
import Layers from '@lucide/svelte/icons/layers'
import ListOrdered from '@lucide/svelte/icons/list-ordered'
import PencilLine from '@lucide/svelte/icons/pencil-line'
import PencilRuler from '@lucide/svelte/icons/pencil-ruler'
import Rows3 from '@lucide/svelte/icons/rows-3'
import Spline from '@lucide/svelte/icons/spline'
import type { Component } from 'svelte'
import type { Lab } from '../state/lab.svelte'
import CompareView from '../views/compare/CompareView.svelte'
import DataView from '../views/data/DataView.svelte'
import DesignView from '../views/design/DesignView.svelte'
import FiguresView from '../views/figures/FiguresView.svelte'
import FigureView from '../views/figures/FigureView.svelte'
import HelpView from '../views/help/HelpView.svelte'
import QueueView from '../views/queue/QueueView.svelte'
import RunView from '../views/run/RunView.svelte'
import RunsView from '../views/runs/RunsView.svelte'
import StartView from '../views/start/StartView.svelte'
import StudiesView from '../views/studies/StudiesView.svelte'
import SurrogatesView from '../views/surrogates/SurrogatesView.svelte'
import type { ViewId } from './view-ids'
import type { OpenDocument } from './workspace-layout'

/** What every view is given. */
export interface ViewProps {
  readonly lab: Lab
  /** What the view shows where there are many of its kind, such as a run's id; null otherwise. */
  readonly subject: string | null
}

/** A kind of tab. */
interface View {
  readonly title: string
  readonly icon: Component
  readonly component: Component<ViewProps>
  /** What a tab is called that shows one of many; the view's own title without it. */
  readonly titleOf?: (lab: Lab, subject: string) => string
  /** Listed in the sidebar; the others are opened from elsewhere. */
  readonly inSidebar: boolean
}

/** Every view of the window. To add one: its id in `view-ids.ts`, its line here. */
export const views: Readonly<Record<ViewId, View>> = {
  start: { title: 'Start', icon: House, component: StartView, inSidebar: true },
  design: { title: 'Design', icon: PencilRuler, component: DesignView, inSidebar: true },
  data: { title: 'Data', icon: Database, component: DataView, inSidebar: true },
  surrogates: { title: 'Surrogates', icon: Spline, component: SurrogatesView, inSidebar: true },
  runs: { title: 'Runs', icon: Rows3, component: RunsView, inSidebar: true },
  queue: { title: 'Queue', icon: ListOrdered, component: QueueView, inSidebar: true },
  compare: { title: 'Compare', icon: Layers, component: CompareView, inSidebar: true },
  figures: { title: 'Figures', icon: ChartSpline, component: FiguresView, inSidebar: true },
  studies: { title: 'Studies', icon: BookOpenCheck, component: StudiesView, inSidebar: true },
  run: {
    title: 'Run',
    icon: FlaskConical,
    component: RunView,
    titleOf: (lab, runId) => lab.runs.list.find(({ id }) => id === runId)?.name ?? 'Run',
    inSidebar: false
  },
  figure: {
    title: 'Figure',
    icon: PencilLine,
    component: FigureView,
    titleOf: (lab, id) =>
      lab.figures.drafts.get(id)?.name ??
      lab.figures.stored.find((figure) => figure.id === id)?.name ??
      'Figure',
    inSidebar: false
  },
  help: { title: 'Help', icon: CircleHelp, component: HelpView, inSidebar: true }
}

/** What a document's tab is called. */
export function documentTitle(lab: Lab, { view, subject }: OpenDocument): string {
  const { title, titleOf } = views[view]
  return subject !== null && titleOf ? titleOf(lab, subject) : title
}
