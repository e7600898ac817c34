import { definePlot, type SeriesInput } from '../../figures/plot'
import type { StudyFigure } from '../study-figure'
import type { StudyContent, StudyTable } from '../study-report'

/** What area, width and shape do to the kernel and to what is learned; asymmetry against norms. */
export function surrogateInfluenceFigures({ tables }: StudyContent): StudyFigure[] {
  const properties = tables.find(({ id }) => id === 'properties')
  const asymmetry = tables.find(({ id }) => id === 'asymmetry')
  return [
    ...(properties ? [propertiesFigure(properties)] : []),
    ...(asymmetry ? [asymmetryFigure(asymmetry)] : [])
  ]
}

function propertiesFigure({ rows }: StudyTable): StudyFigure {
  const shapes = [...new Set(rows.map(([shape]) => String(shape)))]
  const settings = [
    ...new Set(rows.map(([, area, height]) => `${Number(area).toPrecision(3)}/${height}`))
  ]
  const marks = (column: number): SeriesInput[] =>
    settings.map((setting, i) => {
      const own = rows.slice(i * shapes.length, (i + 1) * shapes.length)
      const [area, height] = setting.split('/')
      return {
        ...{ kind: 'points', name: `area ${Number(area)}, ψ(0) = ${height ?? ''}`, colour: i },
        ...{
          x: Float64Array.from(own, (_, at) => at),
          y: Float64Array.from(own, (row) => Number(row[column]))
        }
      }
    })
  const x = { label: '', categories: shapes }
  return {
    id: 'properties',
    caption:
      'Surrogates from no tail (boxcar) to a heavy one (fast sigmoid) at equal area and ψ(0), narrower, and higher: half-width of the SG-NTK, and the difference of what is learned from that with erf′ of the same area and ψ(0).',
    plot: definePlot({
      title: 'Width, height and shape of surrogates',
      description: 'Half-width of the kernel and difference of what is learned by shape',
      shareY: 'none',
      panels: [
        {
          ...{ row: 0, title: 'half-width of the kernel', x, series: marks(5) },
          y: { label: 'angle [rad]', scale: 'log' }
        },
        {
          ...{ row: 1, title: 'difference of what is learned', x, series: marks(8) },
          y: { label: 'rms' }
        }
      ]
    })
  }
}

function asymmetryFigure({ columns, rows }: StudyTable): StudyFigure {
  const x = Float64Array.from(rows, ([depth]) => Number(depth))
  return {
    id: 'asymmetry',
    caption:
      'Asymmetry of the SG-NTK with erf′ on points whose norms run from r to 1, against depth.',
    plot: definePlot({
      title: 'Asymmetry of the SG-NTK',
      description: 'Asymmetry against depth, a line for every spread of norms',
      panels: [
        {
          x: { label: 'hidden layers' },
          y: { label: '‖K − Kᵀ‖/‖K‖' },
          series: columns.slice(1).map((name, i) => ({
            ...{ kind: 'line' as const, name, colour: i, x },
            y: Float64Array.from(rows, (row) => Number(row[i + 1]))
          }))
        }
      ]
    })
  }
}
