import { fireEvent, render, screen, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { Lab } from '../../src-renderer/state/lab.svelte'
import QueueView from '../../src-renderer/views/queue/QueueView.svelte'
import type { QueueEntry } from '@shared/protocol/queue'
import { fakeBridge, fakeClient, runSummary } from './fixtures'

const entry = (id: string, state: QueueEntry['state'], kind: QueueEntry['kind'] = 'run') => ({
  ...{ id, kind, state, name: `Run ${id}` },
  estimatedMs: 60_000
})

async function shown(held: boolean, ...entries: QueueEntry[]) {
  const { client, requests } = fakeClient({
    'queue.show': () => ({ held, entries }),
    'queue.move': () => ({}),
    'queue.hold': () => ({}),
    'queue.take-up': () => ({ runIds: [] }),
    'run.repeat': () => ({ runId: 'new' }),
    'run.pause': () => ({})
  })
  const lab = new Lab(fakeBridge().bridge, window)
  lab.connection.client = client
  lab.runs.list = [
    runSummary({ id: 'a', status: 'running' }),
    runSummary({ id: 'f', name: 'Run f', status: 'failed', problem: 'it diverged' }),
    runSummary({ id: 'done' })
  ]
  await lab.queue.reload()
  render(QueueView, { lab })
  const asked = () => requests.filter(({ channel }) => channel !== 'queue.show')
  return { lab, asked }
}

const names = (list: string) =>
  within(screen.getByRole('list', { name: list }))
    .getAllByRole('listitem')
    .map((row) => row.querySelector('.name')?.textContent)

test('what runs, waits and was left stands apart, in order', async () => {
  await shown(false, entry('a', 'running'), entry('b', 'waiting'), entry('c', 'waiting'))
  expect(names('Running')).toEqual(['Run a'])
  expect(names('Waiting')).toEqual(['Run b', 'Run c'])
  expect(screen.queryByRole('list', { name: 'Left over' })).toBeNull()
  expect(screen.getByText(/1 running, 2 waiting/)).toBeTruthy()
})

test('waiting runs are moved by buttons, and by Alt with the arrow keys', async () => {
  const { asked } = await shown(false, entry('b', 'waiting'), entry('c', 'waiting'))
  expect(screen.getByRole('button', { name: 'Move Run b up' })).toHaveProperty('disabled', true)
  await fireEvent.click(screen.getByRole('button', { name: 'Move Run c to the beginning' }))
  const first = screen.getByRole('button', { name: 'Run b' })
  first.focus()
  await fireEvent.keyDown(first, { key: 'ArrowDown' })
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Run c' }))
  await fireEvent.keyDown(document.activeElement!, { key: 'ArrowUp', altKey: true })
  expect(asked()).toEqual([
    { channel: 'queue.move', payload: { id: 'c', to: 'first' } },
    { channel: 'queue.move', payload: { id: 'c', to: 'up' } }
  ])
})

test('the queue is held, let go on, and taken up again', async () => {
  const { asked } = await shown(true, entry('b', 'waiting'), entry('l', 'left'))
  await fireEvent.click(screen.getByRole('button', { name: 'Let the queue go on' }))
  await fireEvent.click(screen.getByRole('button', { name: 'Take the queue up again' }))
  expect(asked()).toEqual([
    { channel: 'queue.hold', payload: { held: false } },
    { channel: 'queue.take-up', payload: {} }
  ])
})

test('a failed run says why, and is repeated; a study in the queue cannot be cancelled for good', async () => {
  const { asked } = await shown(false, entry('s', 'waiting', 'study'))
  expect(screen.getByText('it diverged')).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Retry Run f' }))
  expect(asked()).toEqual([{ channel: 'run.repeat', payload: { runId: 'f' } }])
  expect(screen.queryByRole('button', { name: 'Cancel Run s' })).toBeNull()
})
