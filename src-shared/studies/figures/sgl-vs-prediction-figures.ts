import { BAND_WIDTH } from '../../comparison/agreement'
import { definePlot, type AxisInput, type PlotInput, type SeriesInput } from '../../figures/plot'
import type { StudyFigure } from '../study-figure'
import type { StudyContent, StudyTable } from '../study-report'
import { distinct, tableColumns, type TableColumns } from '../table-columns'
import { tableSeries } from '../table-series'

type Panel = PlotInput['panels'][number]

/** Functions, training, calibration and covariance for every κ; agreement against width, depth, slope and rate. */
export function sglVsPredictionFigures({ tables }: StudyContent): StudyFigure[] {
  const named = (id: string): StudyTable | undefined => tables.find((table) => table.id === id)
  const kappas = tables.flatMap(({ id }) => /^(kappa-.*)-end$/.exec(id)?.[1] ?? [])
  const ofKappas = (suffix: string): { kappa: string; table: StudyTable }[] =>
    kappas.flatMap((id) => {
      const table = named(`${id}-${suffix}`)
      return table ? [{ kappa: `κ = ${id.slice('kappa-'.length).replace('-', '.')}`, table }] : []
    })
  const parts = ['depth', 'slope', 'rate'].flatMap((id) => named(id) ?? [])
  return [
    ...figureOf(ofKappas('functions'), functionsFigure),
    ...figureOf(ofKappas('training'), trainingFigure),
    ...figureOf(ofKappas('coverage'), coverageFigure),
    ...figureOf(ofKappas('covariance'), covarianceFigure),
    ...(parts.length > 0 ? [agreementFigure(parts)] : [])
  ]
}

interface OfKappa {
  readonly kappa: string
  readonly table: StudyTable
}

function figureOf(
  tables: readonly OfKappa[],
  figure: (tables: readonly OfKappa[]) => StudyFigure
): StudyFigure[] {
  return tables.length === 0 ? [] : [figure(tables)]
}

const angle: AxisInput = { label: 'angle θ', unit: 'rad', fit: 'tight' }
const byWidth = { by: 'width', name: (width: string) => `width ${width}` } as const

function functionsFigure(tables: readonly OfKappa[]): StudyFigure {
  return {
    id: 'functions',
    caption:
      'Functions that ensembles of sign networks have learned, mean and ± 1.96 standard deviations (dotted), against the prediction of the SG-NTK with its 95 % band, and NNGP regression.',
    plot: definePlot({
      title: 'Trained sign networks and the SG-NTK prediction',
      description:
        'Learned functions against the angle, a row for every κ, a column for every width',
      panels: tables.flatMap(({ kappa, table }, row) =>
        distinct(table, 'width').flatMap((width, column): Panel[] => {
          const of = tableColumns(table, { width })
          return of === null
            ? []
            : [
                {
                  ...{ row, column, title: `${kappa}, width ${width ?? ''}`, x: angle },
                  ...{ y: { label: 'output' }, series: functionSeries(of) }
                }
              ]
        })
      )
    })
  }
}

function functionSeries(of: TableColumns): SeriesInput[] {
  const x = of('angle θ')
  const around = (mean: string, deviation: string, sign: 1 | -1): Float64Array => {
    const deviations = of(deviation)
    return of(mean).map((value, i) => value + sign * BAND_WIDTH * (deviations[i] ?? NaN))
  }
  const limit = (sign: 1 | -1): SeriesInput => ({
    ...{ kind: 'line', name: 'networks ± 1.96 s.d.', colour: 'ensemble', x, width: 1.1 },
    ...{ y: around('mean', 's.d.', sign), dash: 'dotted' }
  })
  return [
    {
      ...{ kind: 'band', name: 'predicted ± 1.96 s.d.', colour: 'band', x },
      low: around('predicted mean', 'predicted s.d.', -1),
      high: around('predicted mean', 'predicted s.d.', 1)
    },
    { kind: 'line', name: 'target', colour: 'target', x, y: of('target'), width: 1 },
    {
      ...{ kind: 'line', name: 'NNGP regression', colour: 'nngp', x, width: 1.4 },
      ...{ y: of('NNGP regression'), dash: 'dotted' }
    },
    limit(-1),
    limit(1),
    { kind: 'line', name: 'mean of the networks', colour: 'ensemble', x, y: of('mean') },
    {
      ...{ kind: 'line', name: 'SG-NTK prediction', colour: 'prediction', x, dash: 'dashed' },
      y: of('predicted mean')
    }
  ]
}

function trainingFigure(tables: readonly OfKappa[]): StudyFigure {
  const step: AxisInput = { label: 'step', scale: 'log', zeroApart: true, fit: 'tight' }
  return {
    id: 'training',
    caption:
      'Training: the mean of the networks along the predicted function at the end, ⟨f, p⟩/‖p‖², and the variance of their outputs over the predicted one.',
    plot: definePlot({
      title: 'Sign networks in training',
      description: 'Progress along the prediction, and variance, against the step',
      shareY: 'row',
      panels: tables.flatMap(({ kappa, table }, column): Panel[] => {
        const [width] = distinct(table, 'width')
        const of = tableColumns(table, { width: width ?? null })
        return [
          {
            ...{ row: 0, column, title: `mean, ${kappa}`, x: step },
            y: { label: 'along the prediction' },
            series: [
              ...tableSeries(table, { x: 'step', y: 'along', ...byWidth }),
              ...(of
                ? [
                    {
                      ...{
                        kind: 'line' as const,
                        name: 'SG-NTK prediction',
                        dash: 'dashed' as const
                      },
                      ...{ colour: 'points' as const, x: of('step'), y: of('predicted along') }
                    }
                  ]
                : [])
            ]
          },
          {
            ...{ row: 1, column, title: `variance, ${kappa}`, x: step },
            y: { label: 'variance/predicted', scale: 'log' },
            series: [
              ...tableSeries(table, { x: 'step', y: 'variance', ...byWidth }),
              { kind: 'reference', name: 'as predicted', axis: 'y', value: 1 }
            ]
          }
        ]
      })
    })
  }
}

function coverageFigure(tables: readonly OfKappa[]): StudyFigure {
  const ends = Float64Array.of(0, 1)
  const share = (label: string): AxisInput => ({ label, range: [0, 1] })
  return {
    id: 'calibration',
    caption:
      'Share of the networks’ outputs at the end of training inside central intervals of the predicted distribution.',
    plot: definePlot({
      title: 'Calibration of the predicted spread',
      description: 'Share of outputs inside predicted intervals against the predicted share',
      panels: tables.map(({ kappa, table }, column) => ({
        ...{ column, title: kappa, x: share('predicted share inside') },
        y: share('share of outputs'),
        series: [
          {
            ...{ kind: 'line', name: 'as predicted', colour: 'points', dash: 'dashed' },
            ...{ x: ends, y: ends }
          },
          ...tableSeries(table, { x: 'predicted share', y: 'share', ...byWidth })
        ]
      }))
    })
  }
}

function covarianceFigure(tables: readonly OfKappa[]): StudyFigure {
  return {
    id: 'covariance',
    caption:
      'Covariance of the outputs at the end of training with the output at the point of the largest predicted variance.',
    plot: definePlot({
      title: 'Covariance at the end of training',
      description: 'Covariance with the output at one point against the angle',
      shareY: 'none',
      panels: tables.map(({ kappa, table }, column) => {
        const [width] = distinct(table, 'width')
        const of = tableColumns(table, { width: width ?? null })
        return {
          ...{ column, title: kappa, x: angle, y: { label: 'covariance' } },
          series: [
            ...distinct(table, 'width').flatMap((one, i): SeriesInput[] => {
              const own = tableColumns(table, { width: one })
              const common = { name: `width ${one ?? ''}`, colour: i }
              return own
                ? [{ kind: 'line', ...common, x: own('angle θ'), y: own('networks'), width: 1.6 }]
                : []
            }),
            ...(of
              ? [
                  {
                    ...{
                      kind: 'line' as const,
                      name: 'SG-NTK prediction',
                      dash: 'dashed' as const
                    },
                    ...{ colour: 'points' as const, x: of('angle θ'), y: of('predicted') }
                  }
                ]
              : [])
          ]
        }
      })
    })
  }
}

function agreementFigure(tables: readonly StudyTable[]): StudyFigure {
  const width: AxisInput = { label: 'width', scale: 'log', fit: 'tight' }
  const titles: Readonly<Record<string, string>> = {
    ...{ depth: 'depth', slope: 'slope of the surrogate', rate: 'learning rate' }
  }
  return {
    id: 'agreement',
    caption:
      'Squared distance of the mean from the prediction over ‖p‖², free of what the number of networks adds; below 0 it is not drawn.',
    plot: definePlot({
      title: 'Agreement with the SG-NTK prediction',
      description: 'Squared distance of the mean from the prediction against width',
      legend: 'bottom',
      panels: tables.map((table, column) => ({
        ...{ column, title: titles[table.id] ?? table.id, x: width },
        y: { label: '‖mean − p‖²/‖p‖²', scale: 'log' },
        series: tableSeries(table, {
          x: 'width',
          y: 'squared distance',
          by: 'condition',
          name: short
        })
      }))
    })
  }
}

/** The legend has little room. */
function short(condition: string): string {
  return condition
    .replace('hidden layers = ', 'L = ')
    .replace('m of the surrogate', 'm')
    .replace('learning rate', 'rate')
}
