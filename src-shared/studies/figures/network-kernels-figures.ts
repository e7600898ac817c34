import { definePlot, type AxisInput } from '../../figures/plot'
import type { StudyFigure } from '../study-figure'
import type { StudyContent } from '../study-report'
import { tableSeries } from '../table-series'

/** Errors of networks' kernels at every recorded step, and their change in training, against width. */
export function networkKernelsFigures(
  { tables }: StudyContent,
  id: string,
  kernelName: string
): StudyFigure[] {
  const errors = tables.find((table) => table.id === `${id}-errors`)
  const changes = tables.find((table) => table.id === `${id}-changes`)
  if (!errors || !changes) return []
  const steps = [...new Set(errors.rows.map((row) => Number(row[1])))]
  const width: AxisInput = { label: 'width', scale: 'log', fit: 'tight' }
  const relative: AxisInput = { label: 'relative error or change', scale: 'log' }
  const name = (label: string): string => label.replace('m of the activation', 'm')
  const panels = [
    ...steps.map((step, column) => ({
      ...{ column, title: `error at step ${step}`, x: width, y: relative },
      series: tableSeries(errors, {
        ...{ x: 'width', y: 'of a network', by: 'condition', name },
        where: (row) => row['step'] === step
      })
    })),
    {
      ...{ column: steps.length, title: 'change in training', x: width, y: relative },
      series: tableSeries(changes, { x: 'width', y: 'mean over networks', by: 'condition', name })
    }
  ]
  return [
    {
      id: `${id}-kernels`,
      caption: `Relative error of single networks’ ${kernelName} before and after training, and its change in training.`,
      plot: definePlot({
        title: `${kernelName} of finite networks`,
        description: 'Errors and changes of kernels against width, a line for every condition',
        ...{
          shareX: 'all',
          shareY: 'all',
          panels: panels.filter(({ series }) => series.length > 0)
        }
      })
    }
  ]
}
