import { expect, test } from 'vitest'
import { ensembleTable } from '../../../src-main/export/ensemble-columns'
import { ensembleWith } from '../organise/recorded-runs'

const names = (of: ReturnType<typeof ensembleTable>) => of.columns.map(({ name }) => name)

test('an ensemble that was predicted is held against theory', () => {
  const ensemble = ensembleWith()
  const table = ensembleTable([ensemble])
  expect(table.caption).toContain('Agreement with theory')
  expect(table.columns.find(({ name }) => name === 'rms z')?.value(ensemble)).toBe(1)
  expect(table.columns.find(({ name }) => name === 'RMSE to NNGP')?.value(ensemble)).toBeNull()
})

test('without a prediction there are no columns of agreement', () => {
  const ensemble = ensembleWith({ agreement: null })
  const table = ensembleTable([ensemble])
  expect(table.caption).toContain('there is no prediction')
  expect(names(table)).toEqual(['width', 'condition', 'loss'])
  expect(table.columns.map(({ value }) => value(ensemble))).toEqual(['256', '–', 0.25])
})

test('one predicted ensemble among several brings all columns', () => {
  const both = [ensembleWith({ agreement: null }), ensembleWith()]
  expect(names(ensembleTable(both))).toEqual(names(ensembleTable([ensembleWith()])))
})
