import type { Palette } from './palette'

/** What a tooltip says at one place of the horizontal axis. */
export interface TooltipText {
  readonly heading: string
  readonly rows: readonly (readonly [name: string, value: string])[]
}

/** A tooltip that names the values at the pointer's place on the horizontal axis. */
export function valueTooltip(palette: Palette, textAt: (x: number) => TooltipText) {
  return {
    trigger: 'axis' as const,
    confine: true,
    transitionDuration: 0,
    backgroundColor: palette.background,
    borderColor: palette.grid ?? palette.faintText,
    textStyle: { color: palette.text, fontSize: 12 },
    axisPointer: { type: 'line' as const, lineStyle: { color: palette.faintText, type: 'solid' } },
    formatter: (params: unknown): string => {
      const first: unknown = Array.isArray(params) ? params[0] : params
      const { heading, rows } = textAt(Number((first as { axisValue?: number }).axisValue))
      const lines = rows.map(([name, value]) => `${escaped(name)}: <b>${escaped(value)}</b>`)
      return [escaped(heading), ...lines].join('<br>')
    }
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
