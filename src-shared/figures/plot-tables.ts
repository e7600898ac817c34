import { nameOf } from './panel-grid'
import type { Plot, PlotAxis, PlotPanel, PlotSeries } from './plot'

/** The data of a plot as a table: columns of one length. */
export interface PlotTable {
  readonly title: string
  readonly columns: readonly {
    readonly name: string
    readonly values: ArrayLike<number | string>
  }[]
}

type Column = PlotTable['columns'][number]

/**
 * Everything that a plot draws, as tables: series of a panel over the same x are columns of one table,
 * a heatmap has one row a cell.
 */
export function plotTables(plot: Plot): PlotTable[] {
  return plot.panels.flatMap((panel) => {
    const title = panelName(plot, panel)
    const groups: { x: Float64Array; columns: Column[] }[] = []
    const others: PlotTable[] = []
    for (const series of panel.series) {
      const columns = columnsOver(series)
      if (columns) {
        const group = groups.find(({ x }) => equal(x, columns.x))
        if (group) group.columns.push(...columns.values)
        else groups.push({ x: columns.x, columns: columns.values })
      } else {
        const own = ownTable(series, panel)
        if (own) others.push({ title: join(title, series.name), columns: own })
      }
    }
    const tables = groups.map(({ x, columns }, i): PlotTable => {
      const name = i === 0 ? title : join(title, columns[0]?.name ?? '')
      return {
        title: name,
        columns: [{ name: nameOf(panel.x), values: named(panel.x, x) }, ...columns]
      }
    })
    return [...tables, ...others]
  })
}

/** A table as tab-separated text with a line of names, as spreadsheets take it from the clipboard. */
export function tableText({ columns }: PlotTable): string {
  const rows = Array.from({ length: columns[0]?.values.length ?? 0 }, (_, row) =>
    columns.map(({ values }) => String(values[row] ?? '')).join('\t')
  )
  return [columns.map(({ name }) => name).join('\t'), ...rows].join('\n')
}

/** A panel by its own title, or by those of its column and row. */
export function panelName(plot: Plot, { title, row, column }: PlotPanel): string {
  const around = [plot.rowTitles[row] ?? '', plot.columnTitles[column] ?? '']
  return [...around, title].filter((part) => part !== '').join(', ')
}

function columnsOver(series: PlotSeries): { x: Float64Array; values: Column[] } | null {
  const { name } = series
  switch (series.kind) {
    case 'line': {
      const deviation = series.deviation
        ? [{ name: `${name}, s.d.`, values: series.deviation }]
        : []
      return { x: series.x, values: [{ name, values: series.y }, ...deviation] }
    }
    case 'members':
      return {
        x: series.x,
        values: series.ys.map((values, i) => ({ name: `${name}: ${i + 1}`, values }))
      }
    case 'band':
      return {
        x: series.x,
        values: [
          { name: `${name}, low`, values: series.low },
          { name: `${name}, high`, values: series.high }
        ]
      }
    case 'points': {
      const errors = series.yError ? [{ name: `${name}, error`, values: series.yError }] : []
      return { x: series.x, values: [{ name, values: series.y }, ...errors] }
    }
    case 'bars':
    case 'heatmap':
    case 'reference':
    case 'span':
    case 'text':
      return null
  }
}

function ownTable(series: PlotSeries, { x, y }: PlotPanel): Column[] | null {
  switch (series.kind) {
    case 'bars':
      return [
        { name: `${nameOf(x)}, from`, values: series.edges.subarray(0, -1) },
        { name: `${nameOf(x)}, to`, values: series.edges.subarray(1) },
        { name: nameOf(y), values: series.heights }
      ]
    case 'heatmap': {
      const columns = series.x.length
      const cells = [...series.values.keys()]
      const across = Float64Array.from(cells, (i) => series.x[i % columns] ?? NaN)
      const up = Float64Array.from(cells, (i) => series.y[Math.floor(i / columns)] ?? NaN)
      return [
        { name: nameOf(x), values: named(x, across) },
        { name: nameOf(y), values: named(y, up) },
        { name: series.label === '' ? series.name : series.label, values: series.values }
      ]
    }
    case 'line':
    case 'members':
    case 'band':
    case 'points':
    case 'reference':
    case 'span':
    case 'text':
      return null
  }
}

/** Values of an axis, by the names of their categories where it has such. */
function named({ categories }: PlotAxis, values: Float64Array): ArrayLike<number | string> {
  return categories ? Array.from(values, (value) => categories[value] ?? '') : values
}

function equal(a: Float64Array, b: Float64Array): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => value === b[i]))
}

function join(title: string, name: string): string {
  return title === '' ? name : `${title}: ${name}`
}
