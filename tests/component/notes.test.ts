import { fireEvent, render, screen } from '@testing-library/svelte'
import { describe, expect, it, vi } from 'vitest'
import NoteEditor from '../../src-renderer/parts/NoteEditor.svelte'
import { Lab } from '../../src-renderer/state/lab.svelte'
import StartView from '../../src-renderer/views/start/StartView.svelte'
import { fakeBridge, fakeClient } from './fixtures'

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const field = () => screen.getByLabelText('Note of the run, in Markdown')
const type = (value: string) => fireEvent.input(field(), { target: { value } })

function editor(note: string, editable = true) {
  const onsave = vi.fn()
  render(NoteEditor, { label: 'Note of the run', note, editable, onsave })
  return onsave
}

describe('a note', () => {
  it('is shown as it reads, edited beside a preview, and saved', async () => {
    const onsave = editor('See **Figure 3**.')
    expect(document.querySelector('strong')?.textContent).toBe('Figure 3')
    await press('Edit note')
    await type('- `κ`')
    expect(screen.getByRole('group', { name: 'Preview' }).querySelector('li code')).toBeTruthy()
    await fireEvent.keyDown(field(), { key: 'Enter', ctrlKey: true })
    expect(onsave).toHaveBeenCalledWith('- `κ`')
  })

  it('is left as it was by Escape, and where nothing was changed', async () => {
    const onsave = editor('')
    await press('Add a note')
    await type('x')
    await fireEvent.keyDown(field(), { key: 'Escape' })
    await press('Add a note')
    await press('Save note')
    expect(onsave).not.toHaveBeenCalled()
  })

  it('says what is wrong with one that is too long, and does not save it', async () => {
    const onsave = editor('')
    await press('Add a note')
    await type('x'.repeat(100_001))
    expect(screen.getByRole('alert').textContent).toContain('at most 100,000 characters')
    await fireEvent.keyDown(field(), { key: 'Enter', ctrlKey: true })
    expect(onsave).not.toHaveBeenCalled()
  })

  it('is only shown where nothing can be changed', () => {
    editor('a note', false)
    expect(screen.queryByRole('button')).toBeNull()
  })
})

it('the session is renamed on the start page, and that can be undone', async () => {
  const { client, requests } = fakeClient({ 'session.edit': () => ({ title: '' }) })
  const lab = new Lab(fakeBridge().bridge, window)
  lab.connection.client = client
  lab.session.summary = {
    ...{ path: '/data/now.tangent', name: 'now', title: '', note: '# Plan', readOnly: false },
    ...{ fileBytes: 100, runCount: 2, interruptedOnOpen: 0 }
  }
  render(StartView, { lab })
  expect(screen.getByRole('heading', { name: 'Plan' })).toBeTruthy()
  await press('Rename')
  const title = screen.getByLabelText('Title of the session')
  expect(title).toHaveProperty('value', 'now')
  await fireEvent.input(title, { target: { value: 'Sign networks' } })
  await press('Save title')
  await vi.waitFor(() => {
    expect(lab.notices.list[0]?.action?.label).toBe('Undo')
  })
  lab.notices.list[0]?.action?.run()
  expect(requests).toMatchObject([
    { channel: 'session.edit', payload: { title: 'Sign networks' } },
    { channel: 'session.edit', payload: { title: '' } }
  ])
})
