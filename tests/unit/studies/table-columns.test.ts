import { expect, test } from 'vitest'
import { distinct, tableColumns } from '@shared/studies/table-columns'

const table = {
  ...{ id: 'a', title: 'A', columns: ['width', 'x', 'y'] },
  rows: [
    [10, 1, 2],
    [20, 3, null],
    [10, 5, 'six']
  ]
}

test('columns of a table are those of the rows asked for, NaN where there is no number', () => {
  const of = tableColumns(table, { width: 10 })
  expect([...(of?.('x') ?? [])]).toEqual([1, 5])
  expect([...(of?.('y') ?? [])]).toEqual([2, NaN])
  expect([...(tableColumns(table)?.('x') ?? [])]).toEqual([1, 3, 5])
  expect(tableColumns(table, { width: 30 })).toBeNull()
  expect(distinct(table, 'width')).toEqual([10, 20])
})
