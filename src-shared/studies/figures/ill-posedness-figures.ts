import { definePlot, type AxisInput } from '../../figures/plot'
import type { StudyFigure } from '../study-figure'
import type { StudyContent, StudyTable } from '../study-report'
import { tableSeries } from '../table-series'
import { networkKernelsFigures } from './network-kernels-figures'

const PREFIX = 'sharpening-depth-'

/** The NTK of erf_m against m at all depths, and the kernels of finite networks. */
export function illPosednessFigures(content: StudyContent): StudyFigure[] {
  const depths = content.tables.filter(({ id }) => id.startsWith(PREFIX))
  if (depths.length === 0) return []
  const sharpness: AxisInput = { label: 'm', scale: 'log', fit: 'tight' }
  const panel = (column: number, title: string, y: AxisInput, name: string) => ({
    ...{ column, title, x: sharpness, y },
    series: depths.flatMap((table, i) => depthSeries(table, name, i))
  })
  return [
    {
      id: 'sharpening',
      caption: 'The NTK of erf_m networks and regression with it as m grows.',
      plot: definePlot({
        title: 'The NTK of erf(mz) networks',
        description: 'Diagonal, step size, half-width and error against m, a line for every depth',
        ...{ shareX: 'all', shareY: 'none' },
        panels: [
          panel(0, 'diagonal', { label: 'mean K(x, x)', scale: 'log' }, 'mean diagonal'),
          panel(1, 'largest stable step', { label: 'η', scale: 'log' }, 'largest step size'),
          panel(2, 'half-width', { label: 'angle', unit: '', scale: 'log' }, 'half-width [rad]'),
          panel(3, 'between points', { label: 'error over that of f = 0' }, 'error between')
        ]
      })
    },
    ...networkKernelsFigures(content, 'networks', 'NTK')
  ]
}

function depthSeries(table: StudyTable, y: string, colour: number) {
  const depth = table.id.slice(PREFIX.length)
  return tableSeries(table, { x: 'm', y, name: () => `depth ${depth}`, firstColour: colour })
}
