import { formatCount } from './numbers'
import { definePlot, type AxisInput, type Plot, type PlotInput } from './plot'

/** One ensemble's kernels, test points × training points, in the order of their coordinates. */
export interface KernelMapView {
  readonly title: string
  readonly provenance: string
  readonly kernelName: string
  readonly coordinateLabel: string
  readonly coordinateUnit: string
  /** Ascending and all different: coordinates, or places in their order. */
  readonly test: Float64Array
  readonly train: Float64Array
  /** Row-major; null where there is none. */
  readonly analytic: Float64Array | null
  readonly empirical: {
    readonly step: number
    readonly networks: number
    readonly mean: Float64Array
  } | null
}

/** The whole kernel: of theory, the mean of the networks, and their difference. */
export function kernelMapFigure(view: KernelMapView): Plot {
  const { analytic, empirical, kernelName } = view
  const maps: { title: string; values: Float64Array; signed: boolean }[] = []
  if (analytic) maps.push({ title: `analytic ${kernelName}`, values: analytic, signed: false })
  if (empirical) {
    const { networks, step, mean } = empirical
    const title = `mean of ${networks} networks, step ${formatCount(step)}`
    maps.push({ title, values: mean, signed: false })
    if (analytic) {
      const difference = mean.map((value, i) => value - (analytic[i] ?? NaN))
      maps.push({ title: 'networks − analytic', values: difference, signed: true })
    }
  }
  const range = commonRange(maps.filter(({ signed }) => !signed).map(({ values }) => values))
  const axis = (points: string): AxisInput => ({
    label: `${points} point, ${view.coordinateLabel}`,
    unit: view.coordinateUnit,
    fit: 'tight'
  })
  return definePlot({
    title: view.title,
    provenance: view.provenance,
    description: `${kernelName} between test points (rows) and training points (columns)`,
    legend: 'none',
    panels: maps.map(({ title, values, signed }, column): PlotInput['panels'][number] => ({
      column,
      title,
      x: axis('training'),
      y: axis('test'),
      series: [
        {
          ...{ kind: 'heatmap', name: title, x: view.train, y: view.test, values },
          map: signed ? 'diverging' : 'sequential',
          range: signed ? null : range
        }
      ]
    }))
  })
}

/** One range of colours for maps that are to be compared; null for those without a finite number. */
function commonRange(maps: readonly Float64Array[]): [number, number] | null {
  const finite = maps.flatMap((values) => [...values.filter(Number.isFinite)])
  if (finite.length === 0) return null
  const low = finite.reduce((a, b) => Math.min(a, b))
  const high = finite.reduce((a, b) => Math.max(a, b))
  return low < high ? [low, high] : null
}
