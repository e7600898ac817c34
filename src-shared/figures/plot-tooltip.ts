import type { Palette } from './palette'
import type { PlacedPanel } from './panel-grid'
import { valuesAt } from './plot-values'

/** What ECharts tells of the axis under the pointer. */
interface AxisPlace {
  readonly axisIndex?: number
  readonly axisValue?: number | string
}

/** Names the values of all series at the pointer's place on a panel's horizontal axis. */
export function plotTooltip(panels: readonly PlacedPanel[], palette: Palette) {
  const border = palette.grid ?? palette.faintText
  return {
    axisPointer: { link: [{ xAxisIndex: 'all' as const }] },
    tooltip: {
      trigger: 'axis' as const,
      confine: true,
      transitionDuration: 0,
      backgroundColor: palette.background,
      borderColor: border,
      textStyle: { color: palette.text, fontSize: 12 },
      axisPointer: {
        type: 'line' as const,
        lineStyle: { color: palette.faintText, type: 'solid' as const }
      },
      formatter: (params: unknown): string => {
        const first = (Array.isArray(params) ? params[0] : params) as AxisPlace | undefined
        const placed = panels[first?.axisIndex ?? 0]
        if (!placed) return ''
        const { heading, rows } = valuesAt(placed.panel, placed.x, Number(first?.axisValue))
        const lines = rows.map(([name, value]) => `${escaped(name)}: <b>${escaped(value)}</b>`)
        return [escaped(heading), ...lines].join('<br>')
      }
    }
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
