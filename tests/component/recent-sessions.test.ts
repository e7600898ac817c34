import { fireEvent, render, screen } from '@testing-library/svelte'
import { expect, it, vi } from 'vitest'
import type { RecentSession } from '@shared/protocol/recent-sessions'
import { Lab } from '../../src-renderer/state/lab.svelte'
import StartView from '../../src-renderer/views/start/StartView.svelte'
import { fakeBridge } from './fixtures'

const recent: RecentSession[] = [
  { path: '/data/now.tangent', bytes: 100, openedAt: '2026-11-24T05:00:00.000Z' },
  { path: '/data/sign.tangent', bytes: 3 * 2 ** 20, openedAt: '2026-11-24T04:00:00.000Z' },
  { path: '/usb/gone.tangent', bytes: null, openedAt: '2026-11-24T03:00:00.000Z' }
]

function shown() {
  let list = recent
  const asked: unknown[] = []
  const lab = new Lab(
    {
      ...fakeBridge().bridge,
      invoke: ((channel: string, request: { path: string | null }) => {
        if (channel.startsWith('session:')) asked.push([channel, request])
        if (channel === 'session:forget-recent') {
          list = list.filter(({ path }) => request.path !== null && path !== request.path)
        }
        return Promise.resolve(list)
      }) as never
    },
    window
  )
  lab.session.summary = {
    ...{ path: '/data/now.tangent', name: 'now', title: '', note: '', readOnly: false },
    ...{ fileBytes: 100, runCount: 0, interruptedOnOpen: 0 }
  }
  render(StartView, { lab })
  return asked
}

it('lists the other sessions, opens one, and offers those that are gone for removal alone', async () => {
  const asked = shown()
  const panel = await screen.findByRole('region', { name: 'Recent sessions' })
  expect(panel.textContent).not.toContain('/data/now.tangent')
  expect(panel.textContent).toContain('3.00 MiB')
  const gone = screen.getByRole('button', { name: /^gone/ })
  expect(gone).toHaveProperty('disabled', true)
  expect(gone.textContent).toContain('not there any more')

  await fireEvent.click(screen.getByRole('button', { name: /^sign/ }))
  expect(asked).toContainEqual(['session:open-recent', { path: '/data/sign.tangent' }])
  await fireEvent.click(screen.getByRole('button', { name: 'Remove gone from list' }))
  await vi.waitFor(() => {
    expect(screen.queryByRole('button', { name: /^gone/ })).toBeNull()
  })
  await fireEvent.click(screen.getByRole('button', { name: 'Clear list' }))
  await vi.waitFor(() => {
    expect(screen.queryByRole('region', { name: 'Recent sessions' })).toBeNull()
  })
  expect(asked).toContainEqual(['session:forget-recent', { path: null }])
})
