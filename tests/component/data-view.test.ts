import { fireEvent, render, screen, within } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import {
  checkData,
  dataDraft,
  dataFields,
  identityKey,
  identityOf,
  type DataDraft
} from '../../src-renderer/state/data-draft'
import { dataFieldLabel } from '../../src-renderer/state/data-labels'
import { Lab } from '../../src-renderer/state/lab.svelte'
import DataView from '../../src-renderer/views/data/DataView.svelte'
import { generators, makeDataset, type GeneratorKind } from '@shared/design/dataset'
import { bundledSets } from '@shared/design/datasets/bundled-sets'
import type { DatasetList, StoredDataset } from '@shared/protocol/datasets'
import { fakeBridge, fakeClient, presets } from './fixtures'

const kinds = Object.keys(generators) as GeneratorKind[]
const edited = (draft: DataDraft, texts: Record<string, string>): DataDraft => ({
  ...draft,
  texts: { ...draft.texts, ...texts }
})

describe('the form of data', () => {
  it.each(kinds)('starts with data that %s can make', (kind) => {
    const { data, problems } = checkData(dataDraft({ kind }))
    expect([...problems]).toEqual([])
    if (!data || data.kind !== kind) return expect.fail('no data')
    expect(makeDataset(data).trainInputs.rows).toBe(20)
  })

  it.each(kinds)('has a name of its own for every parameter of %s', (kind) => {
    const names = dataFields(dataDraft({ kind })).map(dataFieldLabel)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('Training points')
  })

  it.each(bundledSets)('prepares %s', (set) => {
    expect(checkData(dataDraft({ kind: 'bundled', set })).data).toMatchObject({
      ...{ kind: 'bundled', set, testShare: 0.2, inputScaling: 'none', seed: 0 }
    })
  })

  it('follows the target that is chosen, down to the activation of a teacher', () => {
    const sphere = dataDraft({ kind: 'sphere' })
    const places = (draft: DataDraft) => dataFields(draft).map(({ place }) => place)
    expect(places(sphere)).toContain('target.degree')
    const teacher = edited(sphere, {
      'target.name': 'teacher',
      'target.activation.name': 'erf',
      'target.activation.m': '3'
    })
    expect(places(teacher)).not.toContain('target.degree')
    expect(places(teacher)).toContain('target.activation.m')
    expect(checkData(teacher).data).toMatchObject({
      target: { name: 'teacher', width: 50, activation: { name: 'erf', m: 3 } }
    })
  })

  it('lays out what an experiment states, and gives the same again', () => {
    const stated = checkData(
      edited(dataDraft({ kind: 'gaussian' }), { 'target.name': 'teacher', noise: '0.1', seed: '7' })
    ).data
    if (!stated) return expect.fail('no data')
    const identity = identityOf(stated)
    if (!identity) return expect.fail('no identity')
    expect(identityKey(identity)).toBe('gaussian')
    expect(checkData(dataDraft(identity, stated)).data).toEqual(stated)
  })

  it('says at its place what is wrong', () => {
    const disc = edited(dataDraft({ kind: 'disc' }), { innerRadius: '2', trainCount: '' })
    const { data, problems } = checkData(disc)
    expect(data).toBeNull()
    expect(problems.get('trainCount')).toBe('must be a number')
    const ring = checkData(edited(dataDraft({ kind: 'disc' }), { innerRadius: '2' }))
    expect(ring.problems.get('innerRadius')).toContain('below outerRadius')
  })

  it('leaves out what is left empty, and takes lists', () => {
    const digits = dataDraft({ kind: 'bundled', set: 'digits' })
    const { data } = checkData(edited(digits, { classes: '3, 8', trainCount: '50' }))
    expect(data).toMatchObject({ classes: ['3', '8'], trainCount: 50 })
    expect(data).not.toHaveProperty('testCount')
    expect(checkData(edited(digits, { classes: '3' })).problems.get('classes')).toContain('2 names')
  })
})

const stored: StoredDataset = {
  ...{ sha256: 'a'.repeat(64), name: 'Measured', rows: 30, inputNames: ['u', 'v'] },
  targets: { kind: 'numbers', names: ['w'] },
  origin: {
    ...{ fileName: 'measured.csv', fileBytes: 1234, fileSha256: 'b'.repeat(64) },
    ...{ importedAt: '2026-11-24T03:00:00.000Z', options: {} }
  },
  preparation: {
    ...{ inputScaling: 'sphere', radius: 2, targetScaling: 'none', testShare: 0.3, seed: 4 }
  }
}
const list: DatasetList = {
  generators: kinds.map((kind) => {
    const { title, description, formula } = generators[kind]
    return { kind, title, description, formula }
  }),
  bundled: [],
  stored: [stored]
}

async function shown() {
  const lab = new Lab(fakeBridge().bridge, window)
  const { client, requests } = fakeClient({ 'dataset.list': () => list })
  lab.design.presets = presets
  lab.design.choosePreset('quick')
  lab.connection.client = client
  await lab.data.reload()
  render(DataView, { lab })
  const asked = async () => {
    await new Promise((resolve) => setTimeout(resolve, 100))
    return requests.filter(({ channel }) => channel === 'dataset.show').at(-1)?.payload
  }
  return { lab, asked }
}

describe('the view of data', () => {
  it('begins with the data of the design', async () => {
    const { asked } = await shown()
    expect(screen.getByRole('heading', { name: 'Circle' })).toBeTruthy()
    expect(await asked()).toMatchObject({ data: presets[0]?.experiment.data })
  })

  it('asks for what is stated, and puts it into the design', async () => {
    const { lab, asked } = await shown()
    const data = within(screen.getByRole('navigation', { name: 'Data' }))
    await fireEvent.click(data.getByRole('button', { name: /^Disc/ }))
    const radius = screen.getByRole('textbox', { name: 'Inner radius' })
    await fireEvent.input(radius, { target: { value: '0.5' } })
    expect(await asked()).toMatchObject({
      data: { kind: 'disc', innerRadius: 0.5, trainCount: 20 }
    })
    await fireEvent.click(screen.getByRole('button', { name: 'Use in design' }))
    expect(lab.design.check.experiment?.data).toMatchObject({ kind: 'disc', innerRadius: 0.5 })
    expect(lab.workspace.current.view).toBe('design')
  })

  it('begins with the preparation that was stored, and tells where the data are from', async () => {
    const { asked } = await shown()
    await fireEvent.click(screen.getByRole('button', { name: /^Measured/ }))
    expect(await asked()).toMatchObject({
      data: { kind: 'stored', sha256: stored.sha256, inputScaling: 'sphere', radius: 2, seed: 4 }
    })
    const origin = screen.getByRole('region', { name: 'Origin' })
    expect(origin.textContent).toContain('measured.csv')
    expect(origin.textContent).toContain(stored.sha256)
  })

  it('cannot use what is wrong', async () => {
    await shown()
    const count = screen.getByRole('textbox', { name: 'Training points' })
    await fireEvent.input(count, { target: { value: 'many' } })
    expect(screen.getByText('must be a number')).toBeTruthy()
    const use = screen.getByRole<HTMLButtonElement>('button', { name: 'Use in design' })
    expect(use.disabled).toBe(true)
  })
})
