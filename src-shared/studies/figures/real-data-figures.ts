import {
  definePlot,
  type AxisInput,
  type PlotColour,
  type PlotInput,
  type SeriesInput
} from '../../figures/plot'
import type { StudyFigure } from '../study-figure'
import type { StudyContent, StudyTable } from '../study-report'
import { tableColumns, type TableColumns } from '../table-columns'
import { tableSeries } from '../table-series'

type Panel = PlotInput['panels'][number]

interface OfTask {
  readonly name: string
  readonly table: StudyTable
}

/** Test errors against width and in training, and early stopping against ridge, a panel for every set of data. */
export function realDataFigures({ tables }: StudyContent): StudyFigure[] {
  const ofTasks = (suffix: string): OfTask[] =>
    tables
      .filter(({ id }) => id.endsWith(suffix))
      .map((table) => ({ name: table.id.slice(0, -suffix.length), table }))
  const [widths, steps, ridges] = ['-widths', '-steps', '-ridge'].map(ofTasks)
  return [
    ...(widths?.length ? [widthFigure(widths)] : []),
    ...(steps?.length ? [stepFigure(steps)] : []),
    ...(ridges?.length ? [ridgeFigure(ridges)] : [])
  ]
}

const error: AxisInput = { label: 'test error' }

function widthFigure(tasks: readonly OfTask[]): StudyFigure {
  const x: AxisInput = { label: 'width', scale: 'log' }
  return {
    id: 'test-errors',
    caption:
      'Test error at the end of training: of single networks (bars are standard errors), of the mean of their outputs, and of the predictions. Of classes it is the share that is wrong, of numbers the squared error over the variance of the targets.',
    plot: definePlot({
      title: 'Sign networks on real data',
      description: 'Test error against width, a panel for every set of data',
      shareY: 'none',
      panels: tasks.flatMap(({ name, table }, column): Panel[] => {
        const of = tableColumns(table)
        return of ? [{ column, title: name, x, y: error, series: widthSeries(of) }] : []
      })
    })
  }
}

function widthSeries(of: TableColumns): SeriesInput[] {
  const reference = (name: string, column: string, colour: PlotColour): SeriesInput[] => {
    const value = of(column)[0] ?? NaN
    return Number.isFinite(value)
      ? [{ kind: 'reference', name, axis: 'y', value, colour, inLegend: true, width: 1.6 }]
      : []
  }
  const x = of('width')
  return [
    {
      ...{ kind: 'points', name: 'single networks', colour: 'ensemble' },
      ...{ x, y: of('error of a network'), yError: of('±') }
    },
    {
      ...{ kind: 'points', name: 'mean of the networks', colour: 'points', symbol: 'diamond' },
      ...{ x, y: of('error of the mean') }
    },
    ...reference('SG-NTK prediction', 'SG-NTK', 'prediction'),
    ...reference('NNGP regression', 'NNGP', 'nngp')
  ]
}

function stepFigure(tasks: readonly OfTask[]): StudyFigure {
  const x: AxisInput = { label: 'step', scale: 'log', zeroApart: true, fit: 'tight' }
  return {
    id: 'training',
    caption: 'Test error of the mean of the networks in training, and of the predicted mean.',
    plot: definePlot({
      title: 'Test error in training',
      description: 'Test error against the step, a line for every width',
      shareY: 'none',
      panels: tasks.map(({ name, table }, column): Panel => {
        const of = tableColumns(table, { width: table.rows[0]?.[0] ?? null })
        return {
          ...{ column, title: name, x, y: error },
          series: [
            ...tableSeries(table, {
              ...{ x: 'step', y: 'error of the mean', by: 'width' },
              name: (width) => `width ${width}`
            }),
            ...(of
              ? [
                  {
                    ...{
                      kind: 'line' as const,
                      name: 'SG-NTK prediction',
                      dash: 'dashed' as const
                    },
                    ...{ colour: 'points' as const, x: of('step'), y: of('SG-NTK') }
                  }
                ]
              : [])
          ]
        }
      })
    })
  }
}

function ridgeFigure(tasks: readonly OfTask[]): StudyFigure {
  const x: AxisInput = { label: 'τ = 1/ρ', scale: 'log', fit: 'tight' }
  return {
    id: 'early-stopping',
    caption:
      'Test error of the SG-NTK’s gradient flow stopped at τ and of ridge regression with ρ = 1/τ; below, how much more the former has learned of the training targets (1.2984 is the most that a symmetric kernel allows).',
    plot: definePlot({
      title: 'Early stopping and ridge',
      description: 'Test error and share learned against the stopping time',
      shareY: 'none',
      panels: tasks.flatMap(({ name, table }, column): Panel[] => [
        {
          ...{ row: 0, column, title: name, x, y: error },
          series: [
            ...tableSeries(table, { x: 'τ', y: 'error stopped', name: () => 'stopped at τ' }),
            ...tableSeries(table, {
              ...{ x: 'τ', y: 'error of ridge', name: () => 'ridge 1/τ', firstColour: 1 }
            })
          ]
        },
        {
          ...{ row: 1, column, title: `${name}: stopped over ridge`, x },
          y: { label: 'yᵀf(X), stopped/ridge' },
          series: tableSeries(table, {
            ...{ x: 'τ', y: 'ratio of ⟨y, f(X)⟩', firstColour: 2 },
            name: () => 'ratio of what is learned'
          })
        }
      ])
    })
  }
}
