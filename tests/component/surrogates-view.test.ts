import { fireEvent, render, screen, within } from '@testing-library/svelte'
import { tick } from 'svelte'
import { describe, expect, it } from 'vitest'
import { Lab } from '../../src-renderer/state/lab.svelte'
import {
  choiceOf,
  entriesFor,
  galleryEntries,
  matchedChoice,
  stated
} from '../../src-renderer/state/surrogate-choice'
import { sliderPlace, sliderText } from '../../src-renderer/state/slider'
import SurrogatesView from '../../src-renderer/views/surrogates/SurrogatesView.svelte'
import { surrogatePresets } from '@shared/design/surrogate-presets'
import { surrogateMath, surrogates } from '@shared/design/surrogate'
import { fakeBridge, fakeClient, presets } from './fixtures'

const entry = (id: string) =>
  galleryEntries.find((one) => one.id === id) ?? expect.fail(`no entry ${id}`)

describe('the gallery of surrogates', () => {
  it('offers every surrogate of the lab and of the libraries', () => {
    expect(galleryEntries).toHaveLength(Object.keys(surrogates).length + surrogatePresets.length)
    expect(entriesFor('snntorch atan').map(({ surrogate }) => surrogate.name)).toEqual(['arctan'])
    expect(entriesFor('nothing like it')).toEqual([])
  })

  it('matches areas to the jump of the activation', () => {
    const matched = matchedChoice(choiceOf(entry('fast_sigmoid')), { name: 'sign', theta: 0 })
    if (typeof matched === 'string') expect.fail(matched)
    const { surrogate } = stated(matched)
    expect(surrogate && surrogateMath(surrogate).area).toBeCloseTo(2, 12)
    expect(matchedChoice(choiceOf(entry('ste')), { name: 'sign', theta: 0 })).toContain('Infinity')
  })

  it('says what is wrong with a parameter', () => {
    const choice = choiceOf(entry('erf_prime'))
    expect(stated({ ...choice, texts: { ...choice.texts, m: '0' } }).problem).toMatch(/^m: /)
  })

  it('has sliders of magnitudes, and of numbers for thresholds', () => {
    expect(sliderText('m', sliderPlace('m', '4') ?? NaN)).toBe('4')
    expect(sliderText('theta', sliderPlace('theta', '-0.5') ?? NaN)).toBe('-0.5')
    expect(sliderText('sigmaB', sliderPlace('sigmaB', '0.1') ?? NaN)).toBe('0.1')
    expect(sliderText('sigmaB', -5)).toBe('0')
    expect(sliderPlace('m', '-1')).toBeNull()
    expect(sliderPlace('m', '')).toBeNull()
  })
})

describe('the view of surrogates', () => {
  function shown() {
    const lab = new Lab(fakeBridge().bridge, window)
    const { client, requests } = fakeClient({})
    lab.design.presets = presets
    lab.design.choosePreset('quick')
    lab.connection.client = client
    render(SurrogatesView, { lab })
    const asked = async () => {
      await new Promise((resolve) => setTimeout(resolve, 80))
      return requests.filter(({ channel }) => channel === 'theory.preview').at(-1)?.payload
    }
    return { lab, asked }
  }

  it('asks for all that are ticked, with their parameters', async () => {
    const { asked } = shown()
    await fireEvent.click(screen.getByRole('checkbox', { name: /snnTorch atan/ }))
    const card = within(screen.getByRole('article', { name: /Fast sigmoid/ }))
    await fireEvent.input(card.getByRole('textbox', { name: /β/ }), { target: { value: '7' } })
    expect(await asked()).toMatchObject({
      choices: [
        { surrogate: { name: 'erf_prime' } },
        { surrogate: { name: 'fast_sigmoid', beta: 7 } },
        { surrogate: { name: 'arctan' } }
      ]
    })
  })

  it('puts a surrogate into the design', async () => {
    const { lab } = shown()
    const card = within(screen.getByRole('article', { name: /Fast sigmoid/ }))
    await fireEvent.click(card.getByRole('button', { name: 'Use in design' }))
    await tick()
    expect(lab.design.check.experiment?.surrogate).toMatchObject({ name: 'fast_sigmoid' })
    expect(lab.workspace.current.view).toBe('design')
  })
})
