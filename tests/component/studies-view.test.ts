import { fireEvent, render, screen, within } from '@testing-library/svelte'
import { describe, expect, it, vi } from 'vitest'
import { Lab } from '../../src-renderer/state/lab.svelte'
import StudiesView from '../../src-renderer/views/studies/StudiesView.svelte'
import { about, finding } from '@shared/studies/finding'
import type { StudyReport } from '@shared/studies/study-report'
import illPosedness from '../../resources/studies/ill-posedness.json'
import { studyDefinitionSchema } from '@shared/studies/study-definition'
import { fakeBridge, fakeClient, runSummary } from './fixtures'

const definition = studyDefinitionSchema.parse(illPosedness)
const report: StudyReport = {
  ...{ id: 'study-1', study: definition.id, size: 'quick', status: 'completed', problem: null },
  ...{ createdAt: '2026-11-24T03:00:00.000Z', finishedAt: '2026-11-24T03:00:10.000Z' },
  ...{ wallTimeMs: 10_000, parameters: {}, environment: null },
  content: {
    findings: [
      finding({ id: 'right', label: 'Exponent', value: 2, expectation: about(2, 0.01, 'm^L') }),
      finding({ id: 'wrong', label: 'Entry', value: 5, expectation: about(1, 0.01, 'finite') })
    ],
    tables: [],
    runIds: []
  }
}

async function shown(stored: StudyReport[]) {
  const { bridge } = fakeBridge()
  const invoke = vi.spyOn(bridge, 'invoke')
  const lab = new Lab(bridge, window)
  const { client, requests } = fakeClient({
    'study.list': () => ({ available: [definition], stored }),
    'study.show': ({ studyId }: { studyId: string }) => stored.find(({ id }) => id === studyId),
    'study.start': () => ({ studyId: 'study-1' }),
    'study.cancel': () => ({})
  })
  lab.connection.client = client
  lab.studies.listen(client)
  await lab.studies.enterSession()
  render(StudiesView, { lab })
  const asked = (channel: string) =>
    requests.filter((request) => request.channel === channel).map(({ payload }) => payload)
  return { asked, client, lab, invoke }
}

describe('the view of studies', () => {
  it('states the claim, and starts the size that is asked for', async () => {
    const { asked } = await shown([])
    expect(screen.getByText(definition.claim)).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Full size' }))
    expect(asked('study.start')).toEqual([{ study: definition.id, size: 'full' }])
  })

  it('shows the newest result with every verdict, and how long it took', async () => {
    await shown([report])
    const findings = within(await screen.findByRole('region', { name: 'Table of findings' }))
    expect(findings.getByRole('row', { name: /Exponent/ }).textContent).toContain('agrees')
    expect(findings.getByRole('row', { name: /Entry/ }).textContent).toContain('disagrees')
    expect(screen.getByText('about 10.0 s, as last time')).toBeTruthy()
  })

  it('stays with an older result that was chosen', async () => {
    const older = { ...report, id: 'study-0', createdAt: '2026-11-23T03:00:00.000Z' }
    const content = { ...report.content, findings: report.content.findings.slice(0, 1) }
    await shown([report, { ...older, content }])
    await screen.findByRole('row', { name: /Entry/ })
    const [, past] = within(screen.getByRole('list', { name: /Results/ })).getAllByRole('button')
    await fireEvent.click(past ?? expect.fail('no older result'))
    await screen.findByText(/1 of 1 findings agree/)
    expect(past?.getAttribute('aria-pressed')).toBe('true')
  })

  it('follows a study under way and pauses it', async () => {
    const { asked, client } = await shown([{ ...report, status: 'running', finishedAt: null }])
    await screen.findByText('This study is running.')
    client.receive({
      type: 'event',
      name: 'study.progress',
      payload: {
        ...{ studyId: 'study-1', part: 'Depth 2', partIndex: 1, partCount: 3 },
        ...{ fraction: 0.5, elapsedMs: 4000, remainingMs: 4000 }
      }
    })
    expect(await screen.findByText('Depth 2')).toBeTruthy()
    expect(screen.getByText(/about 4.0 s left/)).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Quick' }).disabled).toBe(true)
    await fireEvent.click(screen.getByRole('button', { name: 'Pause' }))
    expect(asked('study.cancel')).toEqual([{ studyId: 'study-1' }])
  })

  it('goes on with one that was stopped', async () => {
    const { asked } = await shown([{ ...report, status: 'paused' }])
    await fireEvent.click(await screen.findByRole('button', { name: 'Go on' }))
    expect(asked('study.start')).toEqual([{ study: definition.id, size: 'quick' }])
  })

  it('exports a result, and leads to the runs that it rests on', async () => {
    const content = { ...report.content, runIds: ['run-7', 'run-gone'] }
    const { lab, invoke } = await shown([{ ...report, content }])
    lab.runs.list = [runSummary({ id: 'run-7', name: 'Figure 1, quick' }), runSummary()]
    await fireEvent.click(await screen.findByRole('button', { name: /Export report/ }))
    const name = 'ill-posedness-quick'
    expect(invoke.mock.lastCall).toEqual(['study:save', { studyId: 'study-1', name }])
    const runs = within(await screen.findByRole('region', { name: 'Runs of the study' }))
    expect(runs.getAllByRole('button')).toHaveLength(1)
    await fireEvent.click(runs.getByRole('button', { name: 'Figure 1, quick' }))
    expect(lab.workspace.current).toMatchObject({ view: 'run', subject: 'run-7' })
  })
})
