import type { Plot, PlotSeries } from './plot'

/** The series of one name, as they are edited: together. */
export interface EditableSeries {
  readonly name: string
  readonly first: PlotSeries
  /** Which of its looks can be changed: what some series of the name has. */
  readonly has: Readonly<
    Record<'width' | 'dash' | 'opacity' | 'symbol' | 'size' | 'colour', boolean>
  >
}

/** Series of a plot by their names, in the order in which they are drawn. */
export function editableSeries(plot: Plot): EditableSeries[] {
  const every = plot.panels.flatMap(({ series }) => series)
  return [...new Set(every.map(({ name }) => name))].flatMap((name) => {
    const all = every.filter((series) => series.name === name)
    const [first] = all
    if (!first) return []
    const has = (key: string): boolean => all.some((series) => key in series)
    return [
      {
        ...{ name, first },
        has: {
          ...{ width: has('width'), dash: has('dash'), opacity: has('opacity') },
          ...{ symbol: has('symbol'), size: has('size') },
          // Heatmaps are coloured by their values.
          colour: all.some(({ kind }) => kind !== 'heatmap')
        }
      }
    ]
  })
}

/** What a panel is called where one is chosen among several. */
export function panelName(plot: Plot, index: number): string {
  const panel = plot.panels[index]
  const titles = panel && [
    panel.title,
    plot.rowTitles[panel.row] ?? '',
    plot.columnTitles[panel.column] ?? ''
  ]
  const told = titles?.filter((title) => title !== '') ?? []
  return told.length > 0 ? `${index + 1}: ${told.join(', ')}` : `panel ${index + 1}`
}
