import { resultColumns, type ResultColumn } from '../comparison/result-cells'
import { cellText, type Cell } from '../comparison/cell'
import { intervalReach, type MeanInterval } from '../comparison/mean-interval'
import { definePlot, type Plot, type PlotInput, type SeriesInput } from './plot'

/** One group of ensembles: equal in what is drawn across and in what tells series apart. */
export interface ResultGroup {
  readonly across: Cell
  readonly series: Cell
  /** Over the group's ensembles; null where none has the result. */
  readonly statistics: MeanInterval | null
}

export interface ResultsView {
  /** Paths of parameters. */
  readonly across: string
  /** null for one series of all. */
  readonly by: string | null
  readonly result: ResultColumn
  readonly groups: readonly ResultGroup[]
  /** Parameters besides the seed in which ensembles of one group differ. */
  readonly mixed: readonly string[]
  readonly runs: number
}

/** Results that are scattered over decades, above 0. */
const logarithmic: ReadonlySet<ResultColumn> = new Set(['finalLoss', 'rmse', 'rmseNngp'])

/** A result against a parameter: means over seeds, with their 95 % confidence intervals. */
export function resultsFigure(view: ResultsView): Plot {
  const { across, by, result, mixed } = view
  const groups = view.groups.filter(({ statistics }) => statistics !== null)
  const isNumber = groups.every((group) => typeof group.across === 'number')
  const names = [...new Set(groups.map((group) => cellText(group.across)))]
  const place = (cell: Cell): number => (isNumber ? Number(cell) : names.indexOf(cellText(cell)))
  const keys = [...new Set(groups.map((group) => cellText(group.series)))]
  const series = keys.flatMap((key, colour): SeriesInput[] => {
    const here = groups
      .filter((group) => cellText(group.series) === key)
      .sort((a, b) => place(a.across) - place(b.across))
    const x = Float64Array.from(here, (group) => place(group.across))
    const y = Float64Array.from(here, ({ statistics }) => statistics?.mean ?? NaN)
    const yError = Float64Array.from(here, ({ statistics }) => intervalReach(statistics))
    const name = by === null ? 'mean, 95 % interval' : `${by} = ${key}`
    const marks: SeriesInput = { kind: 'points', name, colour, x, y, yError }
    return isNumber && x.length > 1
      ? [{ kind: 'line', name, colour, x, y, width: 1.4, inLegend: false }, marks]
      : [marks]
  })
  const spread = groups.map((group) => place(group.across))
  const [low, high] = [Math.min(...spread), Math.max(...spread)]
  const x: PlotInput['panels'][number]['x'] = isNumber
    ? { label: across, scale: low > 0 && high / low >= 8 ? 'log' : 'linear' }
    : { label: across, categories: names }
  const positive = groups.every(({ statistics }) => (statistics?.interval?.[0] ?? 1) > 0)
  return definePlot({
    title: `${result}, mean ± 95 % interval over seeds`,
    provenance: [
      `${view.runs} runs`,
      ...(mixed.length > 0
        ? [`ensembles that differ in ${mixed.join(', ')} are taken together`]
        : [])
    ].join(' · '),
    description: `${resultColumns[result]}, against ${across}`,
    panels: [
      {
        x,
        y: { label: result, scale: logarithmic.has(result) && positive ? 'log' : 'linear' },
        series
      }
    ]
  })
}
