import { fireEvent, render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { describe, expect, it, vi } from 'vitest'
import { commands, isEnabled } from '../../src-renderer/shell/commands'
import { Lab } from '../../src-renderer/state/lab.svelte'
import DesignView from '../../src-renderer/views/design/DesignView.svelte'
import { fakeBridge, fakeClient, presets, quickExperiment, runSummary } from './fixtures'

function shown() {
  const lab = new Lab(fakeBridge().bridge, window)
  const { client, requests } = fakeClient({
    'run.start': () => ({ runId: 'run-1' }),
    'run.list': () => [runSummary({ status: 'queued' })]
  })
  lab.design.presets = presets
  lab.design.choosePreset('quick')
  lab.connection.client = client
  render(DesignView, { lab })
  const type = async (label: string, value: string) => {
    await fireEvent.input(screen.getByLabelText(label), { target: { value } })
  }
  const started = () => requests.filter(({ channel }) => channel === 'run.start')
  return { lab, type, started, launch: () => screen.getByRole('button', { name: 'Launch' }) }
}

describe('the design view', () => {
  it('says beside the field what is wrong, and refuses to launch', async () => {
    const { type, started, launch } = shown()
    await type('Networks per ensemble', '1')
    const field = screen.getByLabelText('Networks per ensemble')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    const note = document.getElementById(field.getAttribute('aria-describedby') ?? '')
    expect(note?.textContent).toBe('an ensemble needs at least 2 networks')
    expect(launch()).toHaveProperty('disabled', true)
    expect(started()).toEqual([])
    expect(screen.getByRole('button', { name: /One field needs attention/ })).toBeTruthy()
  })

  it('launches what the form states', async () => {
    const { lab, type, started, launch } = shown()
    await type('Hidden widths', '50, 100')
    await type('Seed', '9')
    await fireEvent.click(launch())
    await tick()
    expect(started()).toHaveLength(1)
    expect(started()[0]?.payload).toMatchObject({ experiment: { widths: [50, 100], seed: 9 } })
    await new Promise((resolve) => setTimeout(resolve))
    expect(lab.workspace.current).toEqual({ view: 'run', subject: 'run-1' })
  })

  it('keeps the draft when the engine ends', async () => {
    const { lab, type, launch } = shown()
    await type('Seed', '77')
    lab.connection.client = null
    await tick()
    expect(launch()).toHaveProperty('disabled', true)
    expect(screen.getByLabelText('Seed')).toHaveProperty('value', '77')
    expect(screen.getByText('Waiting for the engine.')).toBeTruthy()
  })

  it('shows the fields that an activation has', async () => {
    const { lab } = shown()
    expect(screen.queryByLabelText('m, steepness')).toBeNull()
    lab.design.choosePreset('figure-2-erf')
    await tick()
    expect(screen.getByLabelText('m, steepness')).toHaveProperty('value', '2')
    expect(screen.getByRole('combobox', { name: 'Preset' }).textContent).toContain('Figure 2')
    expect(screen.getByLabelText('Swept values')).toHaveProperty('value', '2, 5, 20')
  })
  it('says beside a choice that theory does not describe it, and launches it all the same', async () => {
    const { lab, started, launch } = shown()
    const draft = lab.design.draft!
    lab.design.edit({ optimiser: { ...draft.optimiser, kind: 'momentum' } })
    await tick()
    const field = screen.getByRole('combobox', { name: 'Optimiser' })
    const note = document.getElementById(field.getAttribute('aria-describedby') ?? '')
    expect(note?.textContent).toBe(
      'No prediction: kernel theory is that of full-batch gradient descent, not momentum.'
    )
    await fireEvent.input(screen.getByLabelText('Points per step'), { target: { value: '5' } })
    await fireEvent.click(launch())
    expect(started()[0]?.payload).toMatchObject({
      experiment: { optimiser: { kind: 'momentum', beta: 0.9, batchSize: 5 } }
    })
  })

  it('asks for a smooth network in place of steps whose kernels are to be recorded', async () => {
    const { lab, type } = shown()
    lab.design.edit({ empiricalKernels: { at: 'ends', members: '4', standIn: '' } })
    await tick()
    const field = screen.getByLabelText('m of the erf in place of steps')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    await type('m of the erf in place of steps', '20')
    expect(lab.design.check.experiment?.empiricalKernels).toEqual({
      at: 'ends',
      members: 4,
      standIn: { name: 'erf', m: 20 }
    })
  })
  it('takes changes back and does them again, from the keyboard too', async () => {
    const { lab, type } = shown()
    await type('Seed', '7')
    await type('Steps', '9')
    expect(lab.design.undoLabel).toBe('Change steps')
    const undo = commands.find(({ id }) => id === 'design.undo')!
    const redo = commands.find(({ id }) => id === 'design.redo')!
    expect(isEnabled(undo, lab)).toBe(false)
    lab.workspace.open('design')
    expect(isEnabled(undo, lab)).toBe(true)
    undo.run(lab)
    undo.run(lab)
    await vi.waitFor(() => {
      expect(lab.design.redoLabel).toBe('Change seed')
    })
    const { seed, steps } = quickExperiment
    expect(lab.design.check.experiment).toMatchObject({ seed, steps })
    redo.run(lab)
    await vi.waitFor(() => {
      expect(screen.getByLabelText('Seed')).toHaveProperty('value', '7')
    })
    lab.design.choosePreset('figure-2-erf')
    await lab.design.undo()
    expect([lab.design.presetId, lab.design.draft?.seed]).toEqual(['quick', '7'])
  })

  it('shows the settings of the chosen layer, which then differ from the others', async () => {
    const { lab, type } = shown()
    await fireEvent.click(screen.getByRole('button', { name: 'Add a layer' }))
    expect(lab.design.draft?.depthHidden).toBe('3')
    expect(screen.getByRole('group', { name: 'Hidden layer 3 of 3' })).toBeTruthy()
    await type('σw, weights into it', '2')
    expect(lab.design.check.experiment?.design.layers).toEqual([{}, {}, { sigmaW: 2 }, {}])
    const chosen = () => screen.getByRole('tab', { selected: true })
    await fireEvent.keyDown(chosen(), { key: 'ArrowUp', altKey: true })
    expect(lab.design.check.experiment?.design.layers).toEqual([{}, { sigmaW: 2 }, {}, {}])
    expect(screen.getByText('Layer 3 is now layer 2 of 3')).toBeTruthy()
    await fireEvent.keyDown(chosen(), { key: 'Delete' })
    expect(lab.design.check.experiment?.design.layers).toBeUndefined()
    await fireEvent.click(screen.getByRole('tab', { name: /^Output/ }))
    await type('σw, weights into it', '0')
    await fireEvent.click(screen.getByRole('tab', { name: /^All layers/ }))
    await fireEvent.click(screen.getByRole('button', { name: /One field needs attention/ }))
    await tick()
    expect(document.activeElement?.getAttribute('aria-invalid')).toBe('true')
    expect(lab.design.part).toBe('output')
  })
})
