import { definePlot } from '../../figures/plot'
import type { StudyFigure } from '../study-figure'
import type { StudyContent } from '../study-report'
import { networkKernelsFigures } from './network-kernels-figures'

/** Kernels of networks trained with either surrogate, and which way round the SG-NTK is. */
export function sgNtkConvergenceFigures(content: StudyContent): StudyFigure[] {
  return [
    ...networkKernelsFigures(content, 'erf', 'SG-NTK with erf′'),
    ...networkKernelsFigures(content, 'identity', 'SG-NTK with 1'),
    ...orientationFigure(content)
  ]
}

function orientationFigure({ tables }: StudyContent): StudyFigure[] {
  const table = tables.find(({ id }) => id === 'orientation-widths')
  if (!table) return []
  const column = (i: number): Float64Array => Float64Array.from(table.rows, (row) => Number(row[i]))
  return [
    {
      id: 'orientation',
      caption:
        'Where the kernels of networks lie between the SG-NTK (1) and the one with its arguments exchanged (−1), on points of unequal norm; bars are standard errors.',
      plot: definePlot({
        title: 'Which way round the SG-NTK is',
        description: 'Position of networks’ kernels between both orientations against width',
        panels: [
          {
            x: { label: 'width', scale: 'log' },
            y: { label: 'position', range: [-1.2, 1.4] },
            series: [
              {
                ...{ kind: 'points', name: 'networks', colour: 'ensemble' },
                ...{ x: column(0), y: column(2), yError: column(3) }
              },
              reference('true derivative at test points', 1),
              reference('the other way round', -1)
            ]
          }
        ]
      })
    }
  ]
}

function reference(name: string, value: number) {
  return {
    ...{ kind: 'reference' as const, name, axis: 'y' as const, value, inLegend: true },
    ...(value > 0 ? { colour: 'prediction' as const } : { dash: 'dotted' as const })
  }
}
