import type { PointwiseFunction } from './conditional-expectation'
import { hermiteGrid } from './hermite-grid'
import { HermiteSeries } from './hermite-series'

/**
 * The Hermite series of f at a variance above 0, by quadrature (hermite-grid.ts); null where that would take too many points.
 */
export function sampledSeries(f: PointwiseFunction, variance: number): HermiteSeries | null {
  const root = Math.sqrt(variance)
  const grid = hermiteGrid(f, root)
  if (!grid) return null
  const { nodes, masses, most } = grid
  const even = new Float64Array(nodes.length)
  const odd = new Float64Array(nodes.length)
  let square = 0
  for (let i = 0; i < nodes.length; i++) {
    const z = root * (nodes[i] ?? NaN)
    const mass = masses[i] ?? NaN
    const [above, below] = [f.evaluate(z), f.evaluate(-z)]
    even[i] = mass * (above + below)
    odd[i] = mass * (above - below)
    square += mass * (above * above + below * below)
  }
  return new HermiteSeries({
    square,
    most,
    isSmooth: f.isAnalytic === true,
    fill: (from, to, out) => {
      for (let n = from; n < to; n++) out[n] = dot(grid.row(n), n % 2 === 0 ? even : odd)
    }
  })
}

/** Σ xᵢyᵢ in four sums, which a processor follows at once. */
function dot(x: Float64Array, y: Float64Array): number {
  let [first, second, third, fourth] = [0, 0, 0, 0]
  // Grids have multiples of 4 points.
  for (let i = 0; i < x.length; i += 4) {
    first += (x[i] ?? NaN) * (y[i] ?? NaN)
    second += (x[i + 1] ?? NaN) * (y[i + 1] ?? NaN)
    third += (x[i + 2] ?? NaN) * (y[i + 2] ?? NaN)
    fourth += (x[i + 3] ?? NaN) * (y[i + 3] ?? NaN)
  }
  return first + second + (third + fourth)
}
