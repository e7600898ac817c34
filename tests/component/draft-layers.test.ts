import { describe, expect, it } from 'vitest'
import { checkDraft } from '../../src-renderer/state/check-draft'
import { draftChange } from '../../src-renderer/state/draft-change'
import { draftFromExperiment, withDepth, type Draft } from '../../src-renderer/state/draft'
import {
  addLayer,
  canAddLayer,
  canRemoveLayer,
  changeLayer,
  duplicateLayer,
  hasOwn,
  moveLayer,
  removeLayer,
  type LayersChange
} from '../../src-renderer/state/draft-layers'
import { activationDraft } from '../../src-renderer/state/function-draft'
import { partOfProblem } from '../../src-renderer/views/design/describe-layer'
import { quickExperiment } from './fixtures'

const draft = draftFromExperiment(quickExperiment)
/** Two layers, the first of its own. */
const uneven: Draft = { ...draft, ...changeLayer(draft, 0, { sigmaW: '2' }) }
const depths = (change: LayersChange) => [change.layers.length, change.depthHidden]
const weights = ({ layers }: LayersChange) => layers.map(({ sigmaW }) => sigmaW)

describe('the layers of a draft', () => {
  it('are added like the network, and duplicated with what they have of their own', () => {
    expect(depths(addLayer(draft, 2))).toEqual([3, '3'])
    expect(weights(addLayer(uneven, 0))).toEqual(['', '2', ''])
    const twice = duplicateLayer(uneven, 0)
    expect(weights(twice)).toEqual(['2', '2', ''])
    expect(new Set(twice.layers.map(({ id }) => id)).size).toBe(3)
  })

  it('are removed and moved', () => {
    expect(weights(removeLayer(uneven, 0))).toEqual([''])
    expect(weights(moveLayer(uneven, 0, 1))).toEqual(['', '2'])
    const { experiment } = checkDraft({ ...uneven, ...moveLayer(uneven, 0, 1) })
    expect(experiment!.design.layers).toEqual([{}, { sigmaW: 2 }, {}])
  })

  it('are between 1 and 50', () => {
    expect(canRemoveLayer(withDepth(draft, '1'))).toBe(false)
    expect(canRemoveLayer(draft)).toBe(true)
    expect(canAddLayer(withDepth(draft, '50'))).toBe(false)
  })

  it('end the wish for kernels of their own where one becomes a step', () => {
    const smooth: Draft = {
      ...draft,
      activation: activationDraft('erf'),
      empiricalKernels: { at: 'ends', members: '4', standIn: '' }
    }
    expect(changeLayer(smooth, 0, { sigmaB: '1' }).empiricalKernels.at).toBe('ends')
    const stepped = changeLayer(smooth, 1, { activation: activationDraft('sign') })
    expect(stepped.empiricalKernels.at).toBe('none')
    expect(hasOwn(stepped.layers[1]!)).toBe(true)
    expect(hasOwn(stepped.layers[0]!)).toBe(false)
  })

  it('lead from a problem to the part whose field it is', () => {
    const [first] = uneven.layers
    expect(partOfProblem(uneven, 'design.layers.0.sigmaW')).toBe(first!.id)
    expect(partOfProblem(uneven, 'design.layers.2.sigmaB')).toBe('output')
    expect(partOfProblem(uneven, 'surrogate')).toBe('network')
    expect(partOfProblem(uneven, 'steps')).toBeNull()
  })
})

describe('a change of a draft', () => {
  it('is named after what changed, and is the same for changes of the same field', () => {
    expect(draftChange(draft, { ...draft })).toBeNull()
    const first = draftChange(draft, { ...draft, sigmaW: '2' })
    expect(first).toEqual({ label: 'Change σ_w', field: 'sigmaW' })
    expect(draftChange(draft, { ...draft, sigmaW: '3' })).toEqual(first)
  })

  it('of one layer is not that of another', () => {
    const ofFirst = draftChange(draft, { ...draft, ...changeLayer(draft, 0, { sigmaW: '2' }) })
    const ofSecond = draftChange(draft, { ...draft, ...changeLayer(draft, 1, { sigmaW: '2' }) })
    expect(ofFirst?.field).toBe('layers.0.sigmaW')
    expect(ofSecond?.field).toBe('layers.1.sigmaW')
  })
})
