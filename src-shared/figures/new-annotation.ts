import { annotationSchema, type Annotation } from './figure-edits'
import type { Plot } from './plot'
import { plotLayout } from './plot-layout'

/**
 * An annotation in the middle of a panel, from where it can be moved.
 *
 * @param axis of lines and spans
 */
export function newAnnotation(
  plot: Plot,
  kind: Annotation['kind'],
  panel = 0,
  axis: 'x' | 'y' = 'x'
): Annotation {
  const placed = plotLayout(plot, { theme: 'light', provenance: false }).panels[panel]
  /** A value at a share of an axis, to three digits. */
  const at = (which: 'x' | 'y', share: number): number => {
    const scale = placed?.[which]
    if (!scale) return share
    const { min, max } = scale.ticks
    return Number(scale.value(min + share * (max - min)).toPrecision(3))
  }
  switch (kind) {
    case 'text':
      return { kind, panel, x: at('x', 0.5), y: at('y', 0.5), text: 'Note' }
    case 'line':
      return { kind, panel, axis, value: at(axis, 0.5) }
    case 'span':
      return annotationSchema.parse({ kind, panel, axis, range: [at(axis, 0.4), at(axis, 0.6)] })
  }
}
