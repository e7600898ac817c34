import type { FigureDraft } from '../../state/figure-draft.svelte'
import type { Lab } from '../../state/lab.svelte'
import type { Command } from '../command'

/** The figure that the user edits. */
function editedFigure({ workspace, figures }: Lab): FigureDraft | undefined {
  const { view, subject } = workspace.current
  return view === 'figure' && subject !== null ? figures.drafts.get(subject) : undefined
}

/** What can be done with the figure in the editor. */
export const figureCommands: readonly Command[] = [
  {
    id: 'figure.save',
    title: 'Save the figure in the session',
    menu: 'file',
    section: 2,
    shortcuts: ['$mod+S'],
    isEnabled: (lab) => editedFigure(lab)?.isChanged === true && lab.client !== null,
    run: (lab) => {
      const draft = editedFigure(lab)
      if (draft) void lab.figures.save(draft)
    }
  }
]
