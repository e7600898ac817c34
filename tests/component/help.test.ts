import { render } from '@testing-library/svelte'
import katex from 'katex'
import { beforeEach, describe, expect, it } from 'vitest'
import { glossary, glossaryIn } from '../../src-renderer/help/glossary'
import { helpTopics } from '../../src-renderer/help/topics'
import { tourSteps } from '../../src-renderer/help/tour'
import RunList from '../../src-renderer/shell/RunList.svelte'
import { viewIds } from '../../src-renderer/shell/view-ids'
import { Lab } from '../../src-renderer/state/lab.svelte'
import DesignView from '../../src-renderer/views/design/DesignView.svelte'
import { presetGroups } from '../../src-renderer/views/start/preset-groups'
import { fakeBridge, presets } from './fixtures'

beforeEach(() => {
  localStorage.clear()
})

describe('the explanations', () => {
  it('typeset every formula', () => {
    for (const view of viewIds) {
      expect(helpTopics[view].about.length).toBeGreaterThan(0)
      for (const { tex } of helpTopics[view].equations) {
        expect(() => katex.renderToString(tex, { strict: 'error' })).not.toThrow()
      }
    }
  })
})

describe('the glossary', () => {
  it('is the table of docs/maths.md', () => {
    expect(glossary.length).toBeGreaterThan(10)
    expect(glossary.find(({ inCode }) => inCode === 'sgNtk')).toMatchObject({
      word: 'SG-NTK, I',
      meaning: expect.stringContaining('not symmetric')
    })
    for (const { word, meaning } of glossary) expect([word, meaning]).not.toContain('')
  })

  it('ends with its section', () => {
    const text =
      '# A\n\n## Glossary\n\n| w | c | m |\n| - | - | - |\n| a | `b` | c |\n\n## B\n\n| x | y | z |\n'
    expect(glossaryIn(text)).toEqual([{ word: 'a', inCode: 'b', meaning: 'c' }])
    expect(glossaryIn('nothing')).toEqual([])
  })
})

describe('the tour', () => {
  it('points to controls that are there', () => {
    const lab = new Lab(fakeBridge().bridge, window)
    lab.design.presets = presets
    lab.beginWith('quick')
    render(DesignView, { lab })
    render(RunList, { lab })
    for (const { target } of tourSteps) {
      if (target !== null) expect(document.querySelector(target), target).not.toBeNull()
    }
  })

  it('tells the three results one after the other', () => {
    const chapters = tourSteps.map(({ chapter }) => chapter)
    expect(chapters).toEqual(chapters.toSorted())
    expect(new Set(chapters).size).toBe(3)
  })
})

describe('the presets on the start page', () => {
  it('are each in one group', () => {
    const groups = presetGroups(presets)
    const ids = groups.flatMap((group) => group.presets.map(({ id }) => id))
    expect(ids.toSorted()).toEqual(presets.map(({ id }) => id).toSorted())
    expect(groups[0]?.presets.map(({ id }) => id)).toEqual(['quick'])
  })
})
