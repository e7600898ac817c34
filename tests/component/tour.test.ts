import { fireEvent, render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { expect, test } from 'vitest'
import { tourSteps } from '../../src-renderer/help/tour'
import Tour from '../../src-renderer/shell/Tour.svelte'
import { Lab } from '../../src-renderer/state/lab.svelte'
import { fakeBridge, presets } from './fixtures'

test('each step of the tour opens its view once, and leaves the window in use', async () => {
  localStorage.clear()
  const lab = new Lab(fakeBridge().bridge, window)
  lab.design.presets = presets
  render(Tour, { lab })
  lab.workspace.tourStep = tourSteps.findIndex(({ title }) => title.startsWith('A surrogate'))
  await tick()
  expect([lab.workspace.current.view, lab.design.presetId]).toEqual(['design', 'quick'])

  // What the user does meanwhile stays.
  lab.design.edit({ seed: '5' })
  lab.workspace.open('start')
  await tick()
  expect([lab.workspace.current.view, lab.design.draft?.seed]).toEqual(['start', '5'])

  await fireEvent.click(screen.getByRole('button', { name: 'Next' }))
  expect(lab.workspace.current.view).toBe('design')
  await fireEvent.click(screen.getByRole('button', { name: 'End the tour' }))
  expect(screen.queryByRole('region', { name: 'Tour' })).toBeNull()
})
