import { screen } from 'electron'
import type { AppState } from './state-file'

/** The remembered bounds where a screen still shows them. */
export function visibleBounds({
  bounds
}: AppState): Electron.Rectangle | { width: number; height: number } {
  const size = { width: bounds?.width ?? 1280, height: bounds?.height ?? 800 }
  if (bounds?.x === undefined || bounds.y === undefined) return size
  const { x, y } = bounds
  const { workArea } = screen.getDisplayMatching({ x, y, ...size })
  const isVisible =
    x < workArea.x + workArea.width - 100 &&
    y < workArea.y + workArea.height - 100 &&
    x + size.width > workArea.x + 100 &&
    y + size.height > workArea.y
  return isVisible ? { x, y, ...size } : size
}
