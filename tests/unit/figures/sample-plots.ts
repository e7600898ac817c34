import { definePlot, type Plot } from '@shared/figures/plot'

const count = 60
const x = Float64Array.from({ length: count }, (_, i) => (2 * Math.PI * i) / count - Math.PI)

/** Six panels that share their axes, with every kind of series that goes over a coordinate. */
export function gridPlot(): Plot {
  return definePlot({
    title: 'Kernels at an angle, empirical and analytic',
    provenance: 'Tangent Lab 0.1.0 · φ = sign, ψ = erf_prime(m = 5) · seed 1 · CPU',
    description: 'A grid of panels',
    shareY: 'row',
    columnTitles: ['width 10', 'width 100', 'width 1000'],
    rowTitles: ['m = 2', 'm = 20'],
    panels: [0, 1, 2, 3, 4, 5].map((place) => {
      const [row, column] = [Math.floor(place / 3), place % 3]
      const height = row === 0 ? 1 : 40
      const y = x.map((angle) => height * Math.exp(-((3 * angle) ** 2)))
      const off = (factor: number) => y.map((value, i) => value + factor * height * Math.sin(9 * i))
      return {
        row,
        column,
        x: { label: 'angle θ − θ′', unit: 'rad' },
        y: { label: 'SG-NTK', scale: row === 0 ? 'linear' : 'asinh' },
        series: [
          { kind: 'band', name: 'band', colour: 'band', x, low: off(-0.2), high: off(0.2) },
          {
            ...{ kind: 'members', name: 'networks', colour: 'members', x },
            ys: [off(0.05), off(0.1 / (column + 1))]
          },
          { kind: 'line', name: 'mean of networks', colour: 'ensemble', x, y: off(0.02) },
          { kind: 'line', name: 'analytic', colour: 'prediction', dash: 'dashed', x, y },
          {
            ...{ kind: 'points', name: 'marks', colour: 2, symbol: 'diamond' },
            x: Float64Array.of(-2, 0, 2),
            y: Float64Array.of(0.1 * height, height, 0.2 * height),
            yError: Float64Array.of(0.1 * height, 0.1 * height, 0.1 * height)
          },
          { kind: 'reference', name: 'zero', axis: 'y', value: 0 },
          { kind: 'text', name: 'note', x: 0.6, y: 0.7 * height, text: 'peak' }
        ]
      }
    })
  })
}

/** Three heatmaps with bars of colours: signed, positive, and classes with words in their cells. */
export function heatmapPlot(): Plot {
  const centres = Float64Array.from({ length: 24 }, (_, i) => i)
  const cells = [...centres].flatMap((row) => [...centres].map((column) => [row, column] as const))
  const wave = Float64Array.from(cells, ([row, column]) => Math.sin((row - 2 * column) / 5))
  const axis = (label: string) => ({ label, fit: 'tight' as const })
  const map = { x: centres, y: centres, colourBar: true }
  return definePlot({
    title: 'Heatmaps',
    description: 'Heatmaps',
    shareX: 'none',
    shareY: 'none',
    panels: [
      {
        title: 'difference',
        x: axis('training point'),
        y: { ...axis('test point'), reversed: true },
        series: [
          {
            kind: 'heatmap',
            name: 'difference',
            ...map,
            values: wave,
            map: 'diverging',
            label: 'Δ'
          }
        ]
      },
      {
        column: 1,
        title: 'kernel',
        x: axis('training point'),
        y: axis('test point'),
        series: [
          {
            ...{ kind: 'heatmap', name: 'kernel', ...map, scale: 'log', label: 'SG-NTK' },
            values: wave.map((value) => 10 ** (2 * value))
          }
        ]
      },
      {
        row: 1,
        title: 'confusion',
        x: { label: 'predicted', categories: ['cat', 'dog'] },
        y: { label: 'true', categories: ['cat', 'dog'] },
        series: [
          {
            ...{ kind: 'heatmap', name: 'count', colourBar: false, cellLabels: true },
            x: Float64Array.of(0, 1),
            y: Float64Array.of(0, 1),
            values: Float64Array.of(12, 3, 1, 20)
          }
        ]
      }
    ]
  })
}
