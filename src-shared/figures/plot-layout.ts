import { figureScale, figureSize, type FigureStyle } from './figure-style'
import { legendColumns, type LegendColumns } from './legend'
import { belowPanels, lengths, nameOf, nameSpace, panelGrid, widestLabel } from './panel-grid'
import type { PanelGrid, PlacedPanel } from './panel-grid'
import type { Plot } from './plot'
import { plotLegend } from './plot-legend'
import { wrappedText } from './text-width'

/** Lines of words; `x`, `y` is the middle of their edge `align`, before they are turned. */
export interface PlacedText {
  readonly lines: readonly string[]
  readonly x: number
  readonly y: number
  readonly align: 'left' | 'center'
  /** Read from below. */
  readonly vertical: boolean
  readonly size: number
  readonly weight: 400 | 600
  readonly faint: boolean
}

/** Where everything of a plot stands, in CSS pixels. */
export interface PlotLayout {
  readonly panels: readonly PlacedPanel[]
  readonly texts: readonly PlacedText[]
  readonly legend: LegendColumns & { readonly top: number }
}

/**
 * Where everything of a plot stands. All sizes follow from that of the letters, and widths from the
 * typeface, so that the layout is the same on the screen and in every file.
 */
export function plotLayout(plot: Plot, style: FigureStyle): PlotLayout {
  const { em, small } = figureScale(style)
  const { width = figureSize.width, height = figureSize.height } = style
  const edge = lengths.edge * em
  const title =
    style.title === false || plot.title === ''
      ? []
      : wrappedText(plot.title, em, width - 2 * edge - 3 * em, 600)
  const provenance =
    style.provenance && plot.provenance !== ''
      ? wrappedText(plot.provenance, small, width - 2 * edge)
      : []
  const entries = plot.legend === 'none' ? [] : plotLegend(plot, style)
  const whole = { left: edge, available: width - 2 * edge }
  const columnTitles = plot.columnTitles.length > 0 ? lengths.line * em : 0
  const heightOf = (lines: readonly string[], size: number): number =>
    lines.length === 0 ? 0 : lines.length * lengths.line * size + 0.4 * em

  /** The grid below a legend of some height: how far left it may begin follows from the grid. */
  const gridFor = (legendHeight: number): PanelGrid => {
    const legend = legendHeight > 0 ? legendHeight + 0.8 * em : 0.5 * em
    const onTop = plot.legend === 'top' ? legend : 0.5 * em
    const below = plot.legend === 'top' ? 0 : legend
    const foot = belowPanels * em + heightOf(provenance, small) + edge / 2 + below
    return panelGrid(plot, em, {
      width,
      top: edge + heightOf(title, em) + onTop + columnTitles,
      bottom: height - foot
    })
  }
  const { left } = gridFor(legendColumns(entries, em, [whole]).height)
  // A narrow figure's legend may use all of its width, a wide one's is aligned with the axes.
  const legend = legendColumns(entries, em, [{ left, available: width - left - edge }, whole])
  const grid = gridFor(legend.height)
  const words = texts(plot, grid, em)
  return {
    panels: grid.panels,
    legend: {
      ...legend,
      top:
        plot.legend === 'top'
          ? edge + heightOf(title, em)
          : grid.bottom + belowPanels * em + 0.3 * em
    },
    texts: [
      ...placed(title, em, {
        x: left,
        y: edge + (title.length * lengths.line * em) / 2,
        weight: 600
      }),
      ...words,
      ...plot.rowTitles.flatMap((rowTitle, row) => {
        const { rectangle } = grid.panels.find(({ panel }) => panel.row === row) ?? {}
        if (!rectangle) return []
        return placed([rowTitle], em, {
          x: width - edge / 2 - 0.5 * lengths.line * em,
          y: rectangle.top + rectangle.height / 2,
          align: 'center',
          vertical: true,
          weight: 600
        })
      }),
      ...placed(provenance, small, {
        x: edge,
        y: height - edge / 2 - (provenance.length * lengths.line * small) / 2,
        faint: true
      })
    ]
  }
}

/** Names of axes and panels. */
function texts(plot: Plot, grid: PanelGrid, em: number): PlacedText[] {
  const { nameX, nameY, panels } = grid
  const belowAxis = (belowPanels - lengths.line / 2) * em
  const centred = { align: 'center' } as const
  const upright = { ...centred, vertical: true } as const
  const firstColumn = panels.filter(({ panel }) => panel.column === 0)
  const common = [
    ...placed(nameX === null ? [] : [nameX], em, {
      x: (grid.left + grid.right) / 2,
      y: grid.bottom + belowAxis,
      ...centred
    }),
    ...placed(nameY === null ? [] : [nameY], em, {
      x: grid.left - beforeAxis(firstColumn, em),
      y: (grid.top + grid.bottom) / 2,
      ...upright
    })
  ]
  const ofPanels = panels.flatMap(({ panel, rectangle, labelledX, labelledY, colourBar }) => {
    const { left, top, width, height } = rectangle
    const middle = { x: left + width / 2, y: top + height / 2 }
    const inColumn = panels.filter((other) => other.panel.column === panel.column)
    return [
      ...placed(panel.title === '' ? [] : [panel.title], em, {
        x: left,
        y: top - 0.7 * em,
        weight: 600
      }),
      ...placed(nameX === null && labelledX ? [nameOf(panel.x)] : [], em, {
        x: middle.x,
        y: top + height + belowAxis,
        ...centred
      }),
      ...placed(nameY === null && labelledY ? [nameOf(panel.y)] : [], em, {
        x: left - beforeAxis(inColumn, em),
        y: middle.y,
        ...upright
      }),
      ...placed(colourBar && colourBar.name !== '' ? [colourBar.name] : [], em, {
        x: colourBar
          ? colourBar.left +
            colourBar.width +
            widestLabel(colourBar.scale, em) +
            (lengths.labelGap + lengths.nameGap + lengths.line / 2) * em
          : 0,
        y: middle.y,
        ...upright
      })
    ]
  })
  const columns = plot.columnTitles.flatMap((columnTitle, column) => {
    const top = panels.find(({ panel }) => panel.column === column)?.rectangle
    if (!top) return []
    const panelTitle = panels.some(({ panel }) => panel.title !== '') ? lengths.line : 0
    return placed([columnTitle], em, {
      x: top.left + top.width / 2,
      y: grid.top - (panelTitle + 0.7) * em,
      weight: 600,
      ...centred
    })
  })
  return [...common, ...ofPanels, ...columns]
}

/** From the middle of a vertical axis' name to the axis. */
function beforeAxis(column: readonly PlacedPanel[], em: number): number {
  const labels = Math.max(0, ...column.map(({ y }) => widestLabel(y, em)))
  return labels + (lengths.labelGap + nameSpace - lengths.line / 2) * em
}

function placed(
  lines: readonly string[],
  size: number,
  at: Pick<PlacedText, 'x' | 'y'> & Partial<PlacedText>
): PlacedText[] {
  if (lines.length === 0) return []
  const plain = { align: 'left', vertical: false, weight: 400, faint: false } as const
  return [{ lines, size, ...plain, ...at }]
}
