import { definePlot, type AxisInput, type PlotInput, type SeriesInput } from '../../figures/plot'
import type { StudyFigure } from '../study-figure'
import type { StudyContent, StudyTable } from '../study-report'
import { tableColumns } from '../table-columns'
import { tableSeries } from '../table-series'
import { networkKernelsFigures } from './network-kernels-figures'

type Panel = PlotInput['panels'][number]

const WIDTHS = '-widths'
const FUNCTIONS = '-functions'

/** Kernels of networks with other steps and mixed layers, their training, and spiking units. */
export function beyondThePaperFigures(content: StudyContent): StudyFigure[] {
  const { tables } = content
  const kernels = tables.flatMap(({ id }) => /^(.*)-errors$/.exec(id)?.[1] ?? [])
  const trained = tables.find(({ id }) => id === 'trained')
  const spiking = tables.flatMap(({ id }) =>
    id.endsWith(WIDTHS) ? [id.slice(0, -WIDTHS.length)] : []
  )
  return [
    ...kernels.flatMap((id) => networkKernelsFigures(content, id, `SG-NTK (${id})`)),
    ...(trained ? [trainedFigure(trained)] : []),
    ...(spiking.length > 0 ? [spikingFigure(content, spiking)] : [])
  ]
}

const width: AxisInput = { label: 'width', scale: 'log', fit: 'tight' }

function trainedFigure(table: StudyTable): StudyFigure {
  return {
    id: 'trained',
    caption:
      'Networks of steps after training: squared distance of their mean from the SG-NTK’s prediction over ‖p‖²; below 0 it is not drawn.',
    plot: definePlot({
      title: 'Other steps and mixed layers, trained',
      description: 'Squared distance from the prediction against width, a line for every network',
      panels: [
        {
          ...{ x: width, y: { label: '‖mean − p‖²/‖p‖²', scale: 'log' } },
          series: tableSeries(table, { x: 'width', y: 'squared distance', by: 'condition' })
        }
      ]
    })
  }
}

function spikingFigure({ tables }: StudyContent, ids: readonly string[]): StudyFigure {
  return {
    id: 'spiking',
    caption:
      'Networks of leaky integrate-and-fire units. Above: error of single networks’ SG-NTK, with graded spikes, against the Monte Carlo one. Below: mean of networks with hard spikes after training, against what the Monte Carlo kernel predicts (± 1.96 standard deviations).',
    plot: definePlot({
      title: 'Spiking units unrolled over a few steps',
      description: 'Kernel errors against width, and learned functions against the angle',
      ...{ shareX: 'none', shareY: 'row' },
      panels: ids.flatMap((id, column): Panel[] => {
        const widths = tables.find((table) => table.id === `${id}${WIDTHS}`)
        const functions = tables.find((table) => table.id === `${id}${FUNCTIONS}`)
        return [
          ...(widths
            ? [
                {
                  ...{ row: 0, column, title: `${id}: kernel`, x: width },
                  y: { label: 'relative error', scale: 'log' as const },
                  series: tableSeries(widths, {
                    ...{ x: 'width', y: 'kernel error of a network', firstColour: 3 },
                    name: () => 'kernel of a network'
                  })
                }
              ]
            : []),
          ...(functions
            ? [
                {
                  ...{ row: 1, column, title: `${id}: trained` },
                  x: { label: 'angle θ', unit: 'rad', fit: 'tight' as const },
                  ...{ y: { label: 'output' }, series: functionSeries(functions) }
                }
              ]
            : [])
        ]
      })
    })
  }
}

function functionSeries(table: StudyTable): SeriesInput[] {
  const of = tableColumns(table)
  if (!of) return []
  const x = of('angle θ')
  const [mean, deviation] = [of('predicted mean'), of('predicted s.d.')]
  const limit = (sign: 1 | -1): Float64Array =>
    mean.map((value, i) => value + sign * 1.96 * (deviation[i] ?? NaN))
  return [
    {
      kind: 'band',
      name: 'predicted ± 1.96 s.d.',
      colour: 'band',
      x,
      low: limit(-1),
      high: limit(1)
    },
    { kind: 'line', name: 'target', colour: 'target', x, y: of('target'), width: 1 },
    ...table.columns
      .filter((name) => name.startsWith('mean of width'))
      .map((name, colour): SeriesInput => ({
        kind: 'line',
        name,
        colour,
        x,
        y: of(name),
        width: 1.6
      })),
    { kind: 'line', name: 'prediction', colour: 'points', x, y: mean, dash: 'dashed' }
  ]
}
