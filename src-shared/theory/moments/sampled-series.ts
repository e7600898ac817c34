import type { PointwiseFunction } from './conditional-expectation'
import { hermiteGrid, type HermiteGrid } from './hermite-grid'
import { HermiteSeries } from './hermite-series'

/** f on a grid: f(x) ± f(−x) times the masses, and E f². */
interface Samples {
  readonly grid: HermiteGrid
  readonly even: Float64Array
  readonly odd: Float64Array
  readonly square: number
}

/**
 * The Hermite series of f at a variance above 0, by quadrature (hermite-grid.ts); null where that would take too many points.
 */
export function sampledSeries(f: PointwiseFunction, variance: number): HermiteSeries | null {
  const samples = sampled(f, variance)
  if (!samples) return null
  const { grid, even, odd, square } = samples
  // Of an odd function and of an even one half the coefficients are 0.
  const halves = [even, odd].map((half) => (half.some((value) => value !== 0) ? half : null))
  return new HermiteSeries({
    square,
    isSquareExact: true,
    most: grid.most,
    isSmooth: f.isAnalytic === true,
    fill: (from, to, out) => {
      for (let n = from; n < to; n++) {
        const half = halves[n % 2]
        if (half) out[n] = dot(grid.row(n), half)
      }
    }
  })
}

/** E f and E f². */
export interface FirstMoments {
  readonly mean: number
  readonly square: number
}

/**
 * The Hermite series of a continuous f at a variance above 0 from that of its derivative: by parts,
 * fₙ = √variance f′ₙ₋₁/√n for n ≥ 1.
 */
export function integralSeries(
  slope: HermiteSeries,
  variance: number,
  { mean, square }: FirstMoments
): HermiteSeries {
  const root = Math.sqrt(variance)
  return new HermiteSeries({
    square,
    isSquareExact: true,
    most: slope.f.most,
    isSmooth: slope.f.isSmooth,
    fill: (from, to, out) => {
      while (slope.length < to - 1) if (!slope.extend()) break
      for (let n = from; n < to; n++) {
        out[n] = n === 0 ? mean : (root * (slope.coefficients[n - 1] ?? 0)) / Math.sqrt(n)
      }
    }
  })
}

/** E f and E f² by the points of the grid of f's series; null where those would be too many. */
export function sampledMoments(f: PointwiseFunction, variance: number): FirstMoments | null {
  const samples = sampled(f, variance)
  if (!samples) return null
  return { mean: samples.even.reduce((total, value) => total + value, 0), square: samples.square }
}

function sampled(f: PointwiseFunction, variance: number): Samples | null {
  const root = Math.sqrt(variance)
  const grid = hermiteGrid(f, root)
  if (!grid) return null
  const { nodes, masses } = grid
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
  return { grid, even, odd, square }
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
