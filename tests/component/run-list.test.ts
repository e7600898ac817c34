import { fireEvent, render, screen, within } from '@testing-library/svelte'
import { tick } from 'svelte'
import { describe, expect, it } from 'vitest'
import { runStatuses } from '@shared/protocol/results'
import { Lab } from '../../src-renderer/state/lab.svelte'
import RunList from '../../src-renderer/shell/RunList.svelte'
import { agreement, fakeBridge, runSummary } from './fixtures'

function shown(runs: Lab['runs']['list']) {
  const lab = new Lab(fakeBridge().bridge, window)
  lab.runs.list = runs
  render(RunList, { lab })
  return lab
}

describe('the list of runs', () => {
  it('teaches while it is empty', () => {
    shown([])
    expect(screen.getByText(/Pick a preset/)).toBeTruthy()
  })

  it('says the status of each run in a word', () => {
    shown(runStatuses.map((status) => runSummary({ id: status, name: `run ${status}`, status })))
    const items = within(screen.getByRole('list', { name: 'Runs' })).getAllByRole('button')
    expect(items.map((item) => item.querySelector('.badge')?.textContent.trim())).toEqual([
      ...runStatuses
    ])
  })

  it('shows progress, and the agreement of the widest finished ensemble', async () => {
    const ensembles = [20, 500, 1000].map((width, index) => ({
      index,
      width,
      conditionLabel: '',
      agreement: width === 1000 ? null : { ...agreement, rmsZ: width },
      finalLoss: null,
      trainingMs: null,
      flops: null
    }))
    const lab = shown([runSummary({ status: 'running', ensembles })])
    const progress = { fraction: 0.379 } as never
    lab.runs.live = new Map([['run-1', { progress, losses: [] }]])
    await tick()
    const { textContent } = screen.getByRole('button')
    expect(textContent).toContain('running 37 %')
    expect(textContent).toContain('rms z 500')
  })

  it('is operated by keyboard', async () => {
    const lab = shown(['a', 'b'].map((id) => runSummary({ id, name: `run ${id}` })))
    const [first, second] = screen.getAllByRole('button')
    first!.focus()
    await fireEvent.keyDown(first!, { key: 'ArrowDown' })
    expect(document.activeElement).toBe(second)
    await fireEvent.click(second!)
    expect(lab.workspace.current).toEqual({ view: 'run', subject: 'b' })
    expect(second!.getAttribute('aria-current')).toBe('page')
  })
})
