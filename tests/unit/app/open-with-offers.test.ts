import { expect, test } from 'vitest'
import { LabError } from '@shared/protocol/errors'
import type { RestoreReport } from '@shared/protocol/session-care'
import { openWithOffers } from '../../../src-main/app/open-with-offers'

const report: RestoreReport = {
  setAside: '/lab damaged 2026-11-24.tangent',
  backupTime: '2026-11-24T10:00:00.000Z',
  lostRuns: [
    { id: 'a', name: 'long run', createdAt: '2026-11-24T11:00:00.000Z', inBackup: 'nothing' }
  ],
  listIsIncomplete: false
}

/** Surroundings that note what is done; the first opening is refused. */
function surroundings(refusal: LabError | null, answer: boolean, hasBackup = true) {
  const done: string[] = []
  let refused = refusal
  return {
    done,
    open: (path: string, readOnly: boolean) => {
      done.push(`open ${path}${readOnly ? ' for reading' : ''}`)
      const error = refused
      refused = null
      return error ? Promise.reject(error) : Promise.resolve()
    },
    restore: () => {
      done.push('restore')
      return Promise.resolve(report)
    },
    hasBackup: () => hasBackup,
    ask: ({ button }: { button: string }) => {
      done.push(`ask: ${button}`)
      return Promise.resolve(answer)
    },
    tell: (_message: string, detail: string) => {
      done.push(detail)
    }
  }
}

const inUse = new LabError('session-in-use', 'process 7 has it')
const damaged = new LabError('session-damaged', 'it is damaged')

test('a session that opens is opened without a question', async () => {
  const around = surroundings(null, false)
  await openWithOffers('/lab.tangent', around)
  expect(around.done).toEqual(['open /lab.tangent'])
})

test('a session that another process has is opened for reading if the user likes', async () => {
  const around = surroundings(inUse, true)
  await openWithOffers('/lab.tangent', around)
  expect(around.done).toEqual([
    'open /lab.tangent',
    'ask: Open Read-Only',
    'open /lab.tangent for reading'
  ])
  await expect(openWithOffers('/lab.tangent', surroundings(inUse, false))).rejects.toBe(inUse)
})

test('a damaged session is restored if the user likes, who is told what is missing', async () => {
  const around = surroundings(damaged, true)
  await openWithOffers('/lab.tangent', around)
  expect(around.done.slice(0, 4)).toEqual([
    'open /lab.tangent',
    'ask: Restore Backup',
    'restore',
    'open /lab.tangent'
  ])
  expect(around.done[4]).toContain('/lab damaged 2026-11-24.tangent')
  expect(around.done[4]).toContain('long run (2026-11-24 11:00 UTC): the backup has nothing')
  await expect(openWithOffers('/lab.tangent', surroundings(damaged, false))).rejects.toBe(damaged)
})

test('nothing is offered without a backup, or for other refusals', async () => {
  for (const [refusal, hasBackup] of [
    [damaged, false],
    [new LabError('session-newer', 'it is newer'), true]
  ] as const) {
    const around = surroundings(refusal, true, hasBackup)
    await expect(openWithOffers('/lab.tangent', around)).rejects.toBe(refusal)
    expect(around.done).toEqual(['open /lab.tangent'])
  }
})
