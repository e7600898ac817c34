import type { Annotation, AxisEdit, FigureEdits, SeriesEdit } from './figure-edits'

/** Fields to set; those that are undefined go back to the figure's own. */
type Changes<T> = { [K in keyof T]?: T[K] | undefined }

/** Edits with some of one axis changed; those of single panels come after, and so before, those of all. */
export function withAxis(
  edits: FigureEdits,
  { panel, axis }: Pick<AxisEdit, 'panel' | 'axis'>,
  changes: Changes<Omit<AxisEdit, 'panel' | 'axis'>>
): FigureEdits {
  const isIt = (edit: AxisEdit): boolean => edit.panel === panel && edit.axis === axis
  const before: AxisEdit = edits.axes.find(isIt) ?? { panel, axis }
  const after = merged(before, changes)
  const others = edits.axes.filter((edit) => !isIt(edit))
  const all = Object.keys(after).length > 2 ? [...others, after] : others
  const ofAll = all.filter((edit) => edit.panel === null)
  return { ...edits, axes: [...ofAll, ...all.filter((edit) => edit.panel !== null)] }
}

/** Edits with some of the series of one name changed. */
export function withSeries(
  edits: FigureEdits,
  name: string,
  changes: Changes<Omit<SeriesEdit, 'name'>>
): FigureEdits {
  const before: SeriesEdit = edits.series.find((edit) => edit.name === name) ?? { name }
  const after = merged(before, changes)
  const others = edits.series.filter((edit) => edit.name !== name)
  return { ...edits, series: Object.keys(after).length > 1 ? [...others, after] : others }
}

/** Edits with an annotation in a place; null takes it away, a place behind the last one adds it. */
export function withAnnotation(
  edits: FigureEdits,
  place: number,
  annotation: Annotation | null
): FigureEdits {
  const annotations = edits.annotations.toSpliced(place, 1, ...(annotation ? [annotation] : []))
  return { ...edits, annotations }
}

function merged<T extends object>(before: T, changes: object): T {
  const entries = Object.entries({ ...before, ...changes }).filter(
    ([, value]) => value !== undefined
  )
  return Object.fromEntries(entries) as T
}
