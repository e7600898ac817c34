import { isResumable, isUnderWay, type RunSummary } from '@shared/protocol/results'
import type { Lab } from '../../state/lab.svelte'
import type { Command } from '../command'

/** The run that the user looks at. */
function shownRun({ workspace, runs }: Lab): RunSummary | undefined {
  const { view, subject } = workspace.current
  return view === 'run' ? runs.list.find(({ id }) => id === subject) : undefined
}

/** A command on the run that the user looks at, where a test allows it. */
function onShownRun(
  { id, title, section }: Pick<Command, 'id' | 'title' | 'section'>,
  isAllowed: (run: RunSummary) => boolean,
  run: (lab: Lab, runId: string) => void
): Command {
  const allowed = (lab: Lab): RunSummary | undefined => {
    const shown = shownRun(lab)
    return shown && isAllowed(shown) ? shown : undefined
  }
  return {
    id,
    title,
    section,
    menu: 'run',
    isEnabled: (lab) => lab.client !== null && allowed(lab) !== undefined,
    run: (lab) => {
      const shown = allowed(lab)
      if (shown) run(lab, shown.id)
    }
  }
}

/** What can be done with experiments and runs. */
export const runCommands: readonly Command[] = [
  {
    id: 'run.launch',
    title: 'Launch the design',
    menu: 'run',
    section: 0,
    shortcuts: ['$mod+Enter'],
    isEnabled: (lab) => lab.workspace.current.view === 'design' && lab.canLaunch,
    run: (lab) => void lab.launch()
  },
  {
    id: 'queue.hold',
    title: 'Hold the queue after the current run',
    menu: 'run',
    section: 3,
    isEnabled: (lab) => lab.client !== null && !lab.queue.state.held,
    run: (lab) => void lab.queue.hold(true)
  },
  {
    id: 'queue.release',
    title: 'Let the queue go on',
    menu: 'run',
    section: 3,
    isEnabled: (lab) => lab.client !== null && lab.queue.state.held,
    run: (lab) => void lab.queue.hold(false)
  },
  {
    id: 'queue.take-up',
    title: 'Take the queue of this session up again',
    menu: 'run',
    section: 3,
    isEnabled: (lab) => lab.client !== null && lab.queue.left.length > 0,
    run: (lab) => void lab.queue.takeUp()
  },
  onShownRun(
    { id: 'run.pause', title: 'Pause the run', section: 1 },
    ({ status }) => isUnderWay(status),
    (lab, runId) => void lab.runs.pause(runId)
  ),
  onShownRun(
    { id: 'run.resume', title: 'Resume the run', section: 1 },
    ({ status }) => isResumable(status),
    (lab, runId) => void lab.runs.resume(runId)
  ),
  onShownRun(
    { id: 'run.cancel', title: 'Cancel the run…', section: 1 },
    ({ status }) => isUnderWay(status),
    (lab, runId) => void lab.cancelRun(runId)
  ),
  onShownRun(
    { id: 'run.repeat', title: 'Run again as a new run', section: 2 },
    ({ status }) => !isUnderWay(status),
    (lab, runId) => void lab.repeatRun(runId)
  ),
  onShownRun(
    { id: 'run.edit-copy', title: 'Edit a copy of the run’s design', section: 2 },
    () => true,
    (lab, runId) => {
      const detail = lab.runs.details.get(runId)
      if (detail) lab.editCopy(detail.experiment)
    }
  )
]
