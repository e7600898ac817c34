import { fireEvent, render, screen } from '@testing-library/svelte'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { compareRuns } from '@shared/comparison/compare-runs'
import { runRecord } from '@shared/organise/run-record'
import { Lab } from '../../src-renderer/state/lab.svelte'
import RunsView from '../../src-renderer/views/runs/RunsView.svelte'
import { ensembleWith, experimentWith, runWith } from '../unit/organise/recorded-runs'
import { fakeBridge, fakeClient } from './fixtures'

const runs = [
  runWith({ id: 'a', name: 'Wide', tags: ['paper'], experiment: experimentWith({ seed: 1 }) }),
  runWith({ id: 'b', name: 'Narrow', experiment: experimentWith({ seed: 2, steps: 9 }) }),
  runWith({ id: 'c', name: 'Old', archived: true, ensembles: [ensembleWith({ finalLoss: 9 })] })
]

async function shown() {
  const { client, requests } = fakeClient({
    'run.records': () => runs.map(runRecord),
    'run.compare': ({ runIds }: { runIds: string[] }) =>
      compareRuns(
        runs.filter(({ id }) => runIds.includes(id)),
        null
      ),
    'run.edit': ({ edits }: { edits: { runId: string }[] }) => ({
      edits: edits.map(({ runId }) => ({ runId, archived: false }))
    }),
    'run.delete': () => ({}),
    'run.restore': () => ({})
  })
  const lab = new Lab(fakeBridge().bridge, window)
  lab.connection.client = client
  render(RunsView, { lab })
  await screen.findByRole('button', { name: 'Wide' })
  return { lab, requests }
}

const names = () =>
  screen
    .getAllByRole('checkbox', { name: /^Choose [^a]/ })
    .map((box) => box.getAttribute('aria-label'))
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

describe('the view of runs', () => {
  beforeEach(() => {
    // The table shows the rows for which there is room, and nothing is laid out here.
    vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(600)
  })

  it('searches, says what it does not understand, and shows archived runs when asked', async () => {
    await shown()
    expect(names()).toEqual(['Choose Wide', 'Choose Narrow'])
    const search = screen.getByLabelText('Search')
    await fireEvent.input(search, { target: { value: 'tag:paper' } })
    expect(names()).toEqual(['Choose Wide'])
    await fireEvent.input(search, { target: { value: 'widht>1' } })
    expect(screen.getByText(/names a field that no run has/)).toBeTruthy()
    await fireEvent.input(search, { target: { value: '' } })
    await fireEvent.click(screen.getByLabelText('Archived'))
    expect(names()).toHaveLength(3)
  })

  it('sorts by a column, the other way round, and no more', async () => {
    await shown()
    await press('name')
    expect(names()).toEqual(['Choose Narrow', 'Choose Wide'])
    await press('name ↑')
    expect(names()).toEqual(['Choose Wide', 'Choose Narrow'])
    await press('name ↓')
    expect(screen.getByRole('button', { name: 'name' })).toBeTruthy()
  })

  it('compares chosen runs: only what differs, and results by it', async () => {
    await shown()
    await fireEvent.click(screen.getByLabelText('Choose all runs'))
    const panel = await screen.findByRole('region', { name: 'Comparison' })
    expect(panel.textContent).toContain('steps')
    expect(panel.textContent).not.toContain('learningRate')
  })

  it('archives and deletes, and takes that back', async () => {
    const { requests } = await shown()
    await fireEvent.click(screen.getByLabelText('Choose Wide'))
    await press('Archive')
    await vi.waitFor(() => {
      expect(screen.getByRole('button', { name: 'Undo' })).toHaveProperty('disabled', false)
    })
    await press('Delete')
    await vi.waitFor(() => {
      expect(screen.getByTitle('Delete 1 run')).toBeTruthy()
    })
    await press('Undo')
    await vi.waitFor(() => {
      expect(screen.getByTitle('Archive 1 run')).toBeTruthy()
    })
    await press('Undo')
    const changes = () => requests.filter(({ channel }) => /edit|delete|restore/.test(channel))
    await vi.waitFor(() => {
      expect(changes()).toEqual([
        { channel: 'run.edit', payload: { edits: [{ runId: 'a', archived: true }] } },
        { channel: 'run.delete', payload: { runIds: ['a'] } },
        { channel: 'run.restore', payload: { runIds: ['a'] } },
        { channel: 'run.edit', payload: { edits: [{ runId: 'a', archived: false }] } }
      ])
    })
  })
})
