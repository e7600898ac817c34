import type { Dataset, Matrix } from '@shared/design/dataset'
import { matrixRow } from '@shared/design/matrix'
import type { Cell, RunTable } from './run-table'

/** The points that networks learned from and were tested at, as they entered the networks. */
export function pointsTable(data: Dataset): RunTable {
  const { trainInputs, trainTargets, testInputs, testTargets, coordinate, classes } = data
  const numbered = (name: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `${name}_${i}`)
  const unit = coordinate.unit.replace(/\W+/g, '')
  return {
    name: 'points',
    description: `one point as the networks see it; its coordinate is the ${coordinate.label}`,
    columns: [
      'set',
      'point',
      unit === '' ? 'coordinate' : `coordinate_${unit}`,
      ...numbered('input', trainInputs.columns),
      ...numbered('target', trainTargets.columns),
      ...(classes ? ['class'] : [])
    ],
    rows: function* () {
      const sets = [
        ['train', trainInputs, trainTargets, coordinate.train, classes?.train],
        ['test', testInputs, testTargets, coordinate.test, classes?.test]
      ] as const
      for (const [set, inputs, targets, along, labels] of sets) {
        for (let point = 0; point < inputs.rows; point++) {
          yield [
            set,
            point,
            along[point] ?? null,
            ...matrixRow(inputs, point),
            ...targetCells(targets, point, trainTargets.columns),
            ...(labels && classes ? [classes.names[labels[point] ?? -1] ?? null] : [])
          ]
        }
      }
    }
  }
}

function targetCells(targets: Matrix | null, point: number, columns: number): Cell[] {
  return targets ? [...matrixRow(targets, point)] : Array.from({ length: columns }, () => null)
}
