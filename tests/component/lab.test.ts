import { describe, expect, it } from 'vitest'
import { LabError } from '@shared/protocol/errors'
import { Lab } from '../../src-renderer/state/lab.svelte'
import { fakeBridge } from './fixtures'

const fail = (code: LabError['code']) => () => Promise.reject(new LabError(code, `told: ${code}`))

describe('the lab', () => {
  it('says what the engine refused', async () => {
    const lab = new Lab(fakeBridge().bridge, window)
    lab.connection.engine = { state: 'ready' }
    lab.connection.client = {} as never
    await lab.attempt(fail('not-found'))
    await lab.attempt(fail('not-found'))
    expect(lab.notices.list.map(({ text }) => text)).toEqual(['told: not-found'])
  })

  it('leaves it to the banner that the engine has ended', async () => {
    const lab = new Lab(fakeBridge().bridge, window)
    lab.connection.engine = { state: 'restarting', reason: 'It ended.' }
    await lab.attempt(fail('engine-unavailable'))
    expect(lab.notices.list).toEqual([])
  })
})
