import { fireEvent, render, screen, waitFor } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import { figureSource } from '@shared/figures/figure-kinds'
import { figureSpecSchema } from '@shared/figures/figure-request'
import type { NewFigure, StoredFigure } from '@shared/organise/stored-figure'
import { Lab } from '../../src-renderer/state/lab.svelte'
import FigureView from '../../src-renderer/views/figures/FigureView.svelte'
import FiguresView from '../../src-renderer/views/figures/FiguresView.svelte'
import { gridPlot } from '../unit/figures/sample-plots'
import { fakeBridge, fakeClient } from './fixtures'

const at = '2026-11-24T03:00:00.000Z'
const spec = figureSpecSchema.parse({
  source: figureSource('losses', 'run-1', 0, null),
  ...{ theme: 'light', width: 720, height: 480 }
})

/** A session that stores figures as the engine does. */
async function lab(...figures: StoredFigure[]) {
  const stored = new Map(figures.map((figure) => [figure.id, figure]))
  const { client, requests } = fakeClient({
    'figure.list': () => [...stored.values()],
    'figure.save': (figure: NewFigure) => {
      const previous = stored.get(figure.id) ?? null
      const { position = 1, createdAt = at } = figure
      stored.set(figure.id, { ...figure, position, createdAt, changedAt: at })
      return { previous }
    },
    'figure.delete': ({ id }: { id: string }) => {
      const figure = stored.get(id)
      stored.delete(id)
      return figure
    },
    'figure.data': () => gridPlot()
  })
  const made = new Lab(fakeBridge().bridge, window)
  made.connection.client = client
  await made.figures.enterSession()
  return { lab: made, stored, requests }
}

const losses: StoredFigure = {
  ...{ id: 'f', name: 'Losses', spec, position: 1, createdAt: at, changedAt: at }
}
const names = (stored: Map<string, StoredFigure>) => [...stored.values()].map(({ name }) => name)

// Rendering takes seconds on a busy machine.
describe('figures of a session', { timeout: 30_000 }, () => {
  it('are renamed, duplicated and deleted, and all that is taken back', async () => {
    const { lab: made, stored } = await lab(losses)
    render(FiguresView, { lab: made })
    await fireEvent.click(await screen.findByLabelText('Rename Losses'))
    const field = screen.getByLabelText('New name of Losses')
    await fireEvent.input(field, { target: { value: ' Loss by width ' } })
    await fireEvent.keyDown(field, { key: 'Enter' })
    await waitFor(() => {
      expect(names(stored)).toEqual(['Loss by width'])
    })
    await fireEvent.click(await screen.findByLabelText('Duplicate Loss by width'))
    await fireEvent.click(await screen.findByLabelText('Delete Loss by width'))
    await waitFor(() => {
      expect(names(stored)).toEqual(['Loss by width, copy'])
    })
    await made.figures.undo()
    await made.figures.undo()
    await made.figures.undo()
    expect([...stored.values()].map(({ name, id }) => [id, name])).toEqual([['f', 'Losses']])
    await made.figures.redo()
    expect(names(stored)).toEqual(['Loss by width'])
  })

  it('begin unsaved, are saved as they were edited, and know when they are changed', async () => {
    const { lab: made, stored } = await lab()
    made.editFigure(spec.source)
    const id = made.workspace.current.subject
    const draft = made.figures.open(id ?? '')
    if (!draft) throw new Error('no draft')
    expect([draft.name, draft.isChanged]).toEqual(['Losses, all widths', true])
    draft.edit('Title', 'title', (edits) => ({ ...edits, title: 'Mine' }))
    await made.figures.save(draft)
    expect([...stored.values()].map((figure) => figure.spec.edits.title)).toEqual(['Mine'])
    expect(draft.isChanged).toBe(false)
    await draft.undo()
    expect([draft.spec.edits.title, draft.isChanged]).toEqual([null, true])
    await draft.redo()
    expect(draft.isChanged).toBe(false)
  })

  it('that are neither stored nor begun have no tab', async () => {
    const { lab: made } = await lab(losses)
    made.workspace.open('figure', 'f')
    made.workspace.open('figure', 'gone')
    await made.figures.reload()
    expect(made.workspace.layout.groups[0]?.tabs.map(({ subject }) => subject)).toEqual([
      ...[null, 'f']
    ])
  })
})

describe('the editor', { timeout: 30_000 }, () => {
  async function edited() {
    const { lab: made, requests } = await lab(losses)
    const { unmount } = render(FigureView, { lab: made, subject: 'f' })
    await screen.findByRole('region', { name: 'Figure editor' })
    const draft = made.figures.open('f')
    if (!draft) throw new Error('no draft')
    return { draft, requests, unmount }
  }

  it('takes numbers up when they make sense, and says so when not', async () => {
    const { draft } = await edited()
    const width = screen.getByLabelText('Width (mm)')
    await fireEvent.input(width, { target: { value: '8' } })
    expect(screen.getByText('40 to 1322 mm')).toBeTruthy()
    expect(draft.spec.width).toBe(720)
    await fireEvent.input(width, { target: { value: '85,5' } })
    expect(draft.spec.width).toBeCloseTo((85.5 / 25.4) * 96, 9)
    await draft.undo()
    await waitFor(() => {
      expect((width as HTMLInputElement).value).toBe('190.5')
    })
  })

  it('has ranges of both ends alone, and none below 0 on a logarithmic scale', async () => {
    const { draft } = await edited()
    await fireEvent.click(screen.getByRole('tab', { name: 'Axes' }))
    await fireEvent.input(await screen.findByLabelText('x from'), { target: { value: '-1' } })
    expect(screen.getByText('A range has both ends.')).toBeTruthy()
    await fireEvent.input(screen.getByLabelText('x to'), { target: { value: '2' } })
    expect(draft.spec.edits.axes).toEqual([{ panel: null, axis: 'x', range: [-1, 2] }])
    draft.edit('Scale', 'scale', (edits) => ({
      ...edits,
      axes: [{ panel: null, axis: 'y', scale: 'log' }]
    }))
    await fireEvent.input(screen.getByLabelText('y from'), { target: { value: '0' } })
    expect(await screen.findByText('above 0 on a log scale')).toBeTruthy()
  })

  it('asks for data again only where it shows others', async () => {
    const { draft, requests } = await edited()
    const asked = () => requests.filter(({ channel }) => channel === 'figure.data').length
    await waitFor(() => {
      expect(asked()).toBe(1)
    })
    draft.set('Colours', { theme: 'dark' })
    draft.edit('Title', 'title', (edits) => ({ ...edits, title: 'Mine' }))
    await Promise.resolve()
    expect(asked()).toBe(1)
    draft.set('Data', { source: figureSource('losses', 'run-2', 0, null) })
    await waitFor(() => {
      expect(asked()).toBe(2)
    })
  })
})
