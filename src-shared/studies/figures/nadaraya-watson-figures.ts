import { definePlot, type AxisInput } from '../../figures/plot'
import type { StudyFigure } from '../study-figure'
import type { StudyContent, StudyTable } from '../study-report'
import { tableSeries } from '../table-series'

/** Decisions and scores at growing m against the limit, a line for every task of one kind. */
export function nadarayaWatsonFigures({ tables }: StudyContent): StudyFigure[] {
  return (['circle', 'spirals', 'digits'] as const).flatMap((kind) => {
    const tasks = tables.filter(({ id }) => id.startsWith(kind))
    if (tasks.length === 0) return []
    const sharpness: AxisInput = { label: 'm', scale: 'log', fit: 'tight' }
    const share: AxisInput = { label: 'share of test points', range: [0, 1.02] }
    const lines = (y: string) =>
      tasks.flatMap((table, i) =>
        tableSeries(table, { x: 'm', y, name: () => nameOf(table), firstColour: i })
      )
    return [
      {
        id: kind,
        caption:
          'The classifier of erf_m networks trained to the end against its limit m → ∞: share of test points in the limit’s class and in the right class, and the relative error of the scaled predictor.',
        plot: definePlot({
          title: `Nadaraya–Watson limit: ${kind}`,
          description: 'Agreement with the limit, accuracy and error against m',
          shareY: 'none',
          panels: [
            {
              ...{ column: 0, title: 'in the limit’s class', x: sharpness, y: share },
              series: lines('same class as the limit')
            },
            {
              ...{ column: 1, title: 'in the right class', x: sharpness, y: share },
              series: lines('right class')
            },
            {
              ...{ column: 2, title: 'error of m^L f', x: sharpness },
              y: { label: 'relative error', scale: 'log' },
              series: lines('error of m^L f_∞')
            }
          ]
        })
      }
    ]
  })
}

function nameOf({ title }: StudyTable): string {
  return title.split(':')[0] ?? title
}
