import { fireEvent, render, screen, within } from '@testing-library/svelte'
import { tick } from 'svelte'
import { describe, expect, it } from 'vitest'
import {
  foundOut,
  importRequest,
  importUnits,
  readingOptions,
  roleProblem,
  suggestedRoles,
  withRole
} from '../../src-renderer/state/import-plan'
import { Lab } from '../../src-renderer/state/lab.svelte'
import DataView from '../../src-renderer/views/data/DataView.svelte'
import type { Preparation } from '@shared/design/datasets/preparation'
import type { Bridge } from '@shared/protocol/bridge'
import type { ColumnPreview, DatasetList, DatasetPreview } from '@shared/protocol/datasets'
import { fakeBridge, fakeClient, presets } from './fixtures'

const column = (name: string, changes: Partial<ColumnPreview> = {}): ColumnPreview => ({
  ...{ name, group: null, type: 'number', missing: 0, firstMissing: null, distinct: 9 },
  statistics: { minimum: -1, maximum: 2, mean: 0.5, deviation: 1 },
  ...changes
})
const preview: DatasetPreview = {
  ...{ fileName: 'measured.csv', format: 'csv', delimiter: ',', decimal: '.', header: true },
  rows: 9,
  columns: [
    column('a'),
    column('b'),
    column('kind', { type: 'text', statistics: null }),
    column('y')
  ],
  firstRows: [['1', '2', 'cat', '3']],
  roles: { inputs: ['a', 'b'], targets: ['y'], label: null }
}
const preparation: Preparation = {
  inputScaling: 'none',
  radius: 1,
  targetScaling: 'none',
  testShare: 0.2,
  seed: 0
}

describe('the plan of an import', () => {
  it('begins with the roles that were found', () => {
    expect([...suggestedRoles(preview)]).toEqual([
      ['a', 'input'],
      ['b', 'input'],
      ['kind', 'ignore'],
      ['y', 'target']
    ])
  })

  it('learns classes of one column, or numbers', () => {
    const labelled = withRole(suggestedRoles(preview), 'kind', 'label')
    expect(labelled.get('y')).toBe('ignore')
    expect(roleProblem(preview, labelled)).toBeNull()
    const numbers = withRole(withRole(labelled, 'y', 'target'), 'b', 'target')
    expect([...numbers.values()]).toEqual(['input', 'target', 'ignore', 'target'])
    expect(importRequest(' mine ', foundOut, labelled, preparation)).toEqual({
      ...{ name: 'mine', options: { inputs: ['a', 'b'], label: 'kind' }, preparation }
    })
    expect(importRequest('', foundOut, numbers, preparation)).toEqual({
      ...{ options: { inputs: ['a'], targets: ['b', 'y'] }, preparation }
    })
  })

  it('says why roles cannot be taken', () => {
    const roles = suggestedRoles(preview)
    expect(roleProblem(preview, withRole(roles, 'kind', 'input'))).toContain('“kind” has texts')
    expect(roleProblem(preview, withRole(roles, 'y', 'input'))).toContain('target')
    const none = withRole(withRole(roles, 'a', 'ignore'), 'b', 'ignore')
    expect(roleProblem(preview, none)).toContain('input')
  })

  it('names column and line of the first missing value, unless the column is ignored', () => {
    const columns = [column('a'), column('b', { missing: 3, firstMissing: 7 }), column('y')]
    const incomplete = { ...preview, columns }
    const roles = suggestedRoles(incomplete)
    expect(roleProblem(incomplete, roles)).toMatch(/“b”.*line 7 \(and 2 more\)/)
    expect(roleProblem({ ...incomplete, format: 'json' }, roles)).toContain('row 7')
    expect(roleProblem(incomplete, withRole(roles, 'b', 'ignore'))).toBeNull()
  })

  it('gives arrays of several columns one role', () => {
    const columns = ['X[0]', 'X[1]'].map((name) => column(name, { group: 'X' }))
    const arrays: DatasetPreview = {
      ...preview,
      format: 'npz',
      columns: [...columns, column('y', { group: 'y' })],
      roles: { inputs: ['X[0]', 'X[1]'], targets: ['y'], label: null }
    }
    expect(importUnits(arrays).map(({ name }) => name)).toEqual(['X', 'y'])
    const roles = suggestedRoles(arrays)
    expect(importRequest('', foundOut, roles, preparation).options).toEqual({
      ...{ inputs: ['X'], targets: ['y'] }
    })
    expect(roleProblem(arrays, withRole(roles, 'X', 'label'))).toContain('input')
  })

  it('states only what is not found out', () => {
    expect(readingOptions(foundOut)).toEqual({})
    expect(readingOptions({ delimiter: ';', decimal: ',', header: 'no' })).toEqual({
      ...{ delimiter: ';', decimal: ',', header: false }
    })
  })
})

const sha256 = 'a'.repeat(64)
const empty: DatasetList = { generators: [], bundled: [], stored: [] }

/** The view with a main process that answers from a table. */
async function importing(answers: Record<string, (request: never) => unknown>) {
  const asked: [channel: string, request: unknown][] = []
  const bridge: Bridge = {
    ...fakeBridge().bridge,
    invoke: async (channel, request) => {
      asked.push([channel, request])
      return Promise.resolve((answers[channel]?.(request as never) ?? null) as never)
    }
  }
  const lab = new Lab(bridge, window)
  lab.connection.client = fakeClient({ 'dataset.list': () => empty }).client
  lab.design.presets = presets
  lab.session.summary = {
    ...{ path: '/a.tangent', name: 'a', readOnly: false, interruptedOnOpen: 0 }
  } as typeof lab.session.summary
  await lab.data.reload()
  render(DataView, { lab })
  await fireEvent.click(screen.getByRole('button', { name: 'Import data…' }))
  await tick()
  return { lab, asked }
}

describe('the import of a file', () => {
  const answers = {
    'dataset:choose': () => ({ fileName: 'measured.csv' }),
    'dataset:read': () => preview,
    'dataset:import': ({ name }: { name: string }) => ({
      dataset: { sha256, name },
      isNew: true
    })
  }
  const store = () =>
    screen.findByRole<HTMLButtonElement>('button', { name: 'Store in the session' })

  it('stores what was chosen, as it was said, and shows it', async () => {
    const { lab, asked } = await importing(answers)
    const roles = await screen.findByRole('group', { name: 'Role of kind' })
    await fireEvent.click(within(roles).getByRole('radio', { name: 'label' }))
    await fireEvent.input(screen.getByLabelText('Share of test points'), {
      target: { value: '0.5' }
    })
    await fireEvent.input(screen.getByRole('textbox', { name: 'Name' }), {
      target: { value: 'Mine' }
    })
    await fireEvent.click(await store())
    expect(asked.at(-1)).toEqual([
      'dataset:import',
      {
        name: 'Mine',
        options: { inputs: ['a', 'b'], label: 'kind' },
        preparation: { ...preparation, testShare: 0.5 }
      }
    ])
    await tick()
    expect(lab.data.check?.data).toMatchObject({ kind: 'stored', sha256, testShare: 0.5 })
    expect(lab.notices.list.at(-1)?.text).toBe('Stored Mine in the session')
  })

  it('says beside the file what is wrong, and stores nothing', async () => {
    const columns = [column('a', { missing: 1, firstMissing: 4 }), column('y')]
    await importing({ ...answers, 'dataset:read': () => ({ ...preview, columns }) })
    expect((await store()).disabled).toBe(true)
    expect(screen.getByRole('alert').textContent).toMatch(/“a”.*line 4/)
    const roles = screen.getByRole('group', { name: 'Role of a' })
    await fireEvent.click(within(roles).getByRole('radio', { name: 'ignore' }))
    expect(screen.getByRole('alert').textContent).toContain('role of an input')
  })

  it('says what the file was refused for, and reads it in another way', async () => {
    const refused = () => {
      throw new Error('measured.csv has no columns.')
    }
    const { lab, asked } = await importing({ ...answers, 'dataset:read': refused })
    expect((await screen.findByRole('alert')).textContent).toBe('measured.csv has no columns.')
    expect((await store()).disabled).toBe(true)
    await lab.data.importing.read({ ...foundOut, delimiter: ';' })
    expect(asked.at(-1)).toEqual(['dataset:read', { delimiter: ';' }])
    await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(screen.queryByRole('form', { name: 'Import' })).toBeNull()
  })
})
