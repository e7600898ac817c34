import { canAddLayer, canRemoveLayer } from '../../state/draft-layers'
import type { Design } from '../../state/design.svelte'
import type { Command } from '../command'

/** A command on the design, while that is looked at. */
function onDesign(
  command: Pick<Command, 'id' | 'title' | 'section' | 'shortcuts'>,
  isAllowed: (design: Design) => boolean,
  run: (design: Design) => void
): Command {
  return {
    ...command,
    menu: 'edit',
    isEnabled: (lab) => lab.workspace.current.view === 'design' && isAllowed(lab.design),
    run: (lab) => {
      run(lab.design)
    }
  }
}

/** What can be done with the experiment to be. */
export const designCommands: readonly Command[] = [
  onDesign(
    { id: 'design.undo', title: 'Undo in the design', section: 0, shortcuts: ['$mod+Z'] },
    ({ undoLabel }) => undoLabel !== null,
    (design) => void design.undo()
  ),
  onDesign(
    {
      ...{ id: 'design.redo', title: 'Redo in the design', section: 0 },
      shortcuts: ['$mod+Shift+Z', '$mod+Y']
    },
    ({ redoLabel }) => redoLabel !== null,
    (design) => void design.redo()
  ),
  onDesign(
    { id: 'design.add-layer', title: 'Add a layer', section: 1 },
    ({ draft }) => draft !== null && canAddLayer(draft),
    (design) => {
      design.addLayer()
    }
  ),
  onDesign(
    { id: 'design.duplicate-layer', title: 'Duplicate the chosen layer', section: 1 },
    ({ draft, layerPlace }) => draft !== null && layerPlace >= 0 && canAddLayer(draft),
    (design) => {
      design.duplicateLayer(design.layerPlace)
    }
  ),
  onDesign(
    { id: 'design.remove-layer', title: 'Remove the chosen layer', section: 1 },
    ({ draft, layerPlace }) => draft !== null && layerPlace >= 0 && canRemoveLayer(draft),
    (design) => {
      design.removeLayer(design.layerPlace)
    }
  )
]
