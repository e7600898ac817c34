import type { Shape } from './conditional-expectation'
import { gaussLegendre } from './gauss-legendre'
import { gradedPanels } from './graded-expectation'

/** Degrees that every grid resolves: He₁₀₂₄ turns by TURN per unit. */
const MOST = 1024
const TURN = 32
/** Far enough for products of the density with any polynomial of normal size. */
const REACH = 12
/** 20 points on a panel of this width resolve that. */
const WIDEST = 0.75
/** Analytic functions with poles no nearer than this are sampled evenly. */
const NEAREST_POLE = 0.06
/** 36 factors of e are a rounding; the density itself takes 6 turns per unit. */
const DIGITS = 36
const DENSITY_TURN = 6
/** A break nearer to 0 than this is one at 0; no panel starts narrower. */
const NARROWEST = 2 ** -40
const MOST_PANELS = 400
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI)
/** Hermite polynomials at the points of a grid take up to 5 MB. */
const KEPT = 16
const rule = gaussLegendre(20)

/**
 * Points x > 0, standing for −x too, and normalised Hermite polynomials there: what Gaussian means of
 * f(x)·Heₙ(x)/√n! are sums over.
 */
export class HermiteGrid {
  readonly most = MOST
  private readonly rows: Float64Array[]

  /**
   * @param nodes x
   * @param masses quadrature weights times the standard normal density
   */
  constructor(
    readonly nodes: Float64Array,
    readonly masses: Float64Array
  ) {
    this.rows = [new Float64Array(nodes.length).fill(1), nodes]
  }

  /** Heₙ(x)/√n! at all nodes, n < most. */
  row(n: number): Float64Array {
    for (let next = this.rows.length; next <= n; next++) {
      const before = this.rows[next - 2] ?? this.nodes
      const last = this.rows[next - 1] ?? this.nodes
      const [factor, scale] = [Math.sqrt(next - 1), 1 / Math.sqrt(next)]
      const row = new Float64Array(this.nodes.length)
      for (let i = 0; i < row.length; i++) {
        row[i] = ((this.nodes[i] ?? NaN) * (last[i] ?? NaN) - factor * (before[i] ?? NaN)) * scale
      }
      this.rows.push(row)
    }
    return this.rows[n] ?? this.nodes
  }
}

/** Grids that many functions share: those of functions without a break but at 0. */
const kept = new Map<string, HermiteGrid>()

/**
 * The grid for a function of root·Z, Z standard normal; null where it would take more than 8000 points.
 *
 * Analytic functions are sampled evenly: with step h and poles s away the error of degree n is
 * exp(−s(2π/h − √n)). Others have Gauss–Legendre panels that end at the breaks.
 */
export function hermiteGrid(shape: Shape, root: number): HermiteGrid | null {
  const scale = shape.scale / root
  if (shape.isAnalytic && scale >= NEAREST_POLE) {
    const pole = fractionOf(1, scale)
    return shared(`even ${pole}`, () => evenGrid(pole))
  }
  const widest = fractionOf(WIDEST, (shape.period ?? Infinity) / root)
  if (REACH / widest > MOST_PANELS) return null
  const narrowest = fractionOf(widest, Math.max(NARROWEST, scale))
  const breaks = shape.breaks.map((at) => Math.abs(at) / root)
  const away = breaks.filter((at) => at > NARROWEST && at < REACH)
  if (away.length > 0) return panelGrid([0, ...away], narrowest, widest)
  return shared(`panels ${narrowest} ${widest}`, () => panelGrid([0], narrowest, widest))
}

function shared(key: string, grid: () => HermiteGrid): HermiteGrid {
  const known = kept.get(key) ?? grid()
  if (!kept.has(key) && kept.size >= KEPT) kept.clear()
  kept.set(key, known)
  return known
}

/** A width divided by the least power of two that makes it no wider than `most`. */
function fractionOf(width: number, most: number): number {
  return most >= width ? width : width * 2 ** Math.floor(Math.log2(most / width))
}

function evenGrid(pole: number): HermiteGrid {
  const step = (2 * Math.PI) / (TURN + DENSITY_TURN + DIGITS / pole)
  const count = 4 * Math.ceil(REACH / step / 4)
  const nodes = Float64Array.from({ length: count }, (_, i) => (i + 0.5) * step)
  const masses = nodes.map((x) => (step * Math.exp((-x * x) / 2)) / ROOT_TWO_PI)
  return new HermiteGrid(nodes, masses)
}

function panelGrid(breaks: readonly number[], narrowest: number, widest: number): HermiteGrid {
  const [nodes, masses]: [number[], number[]] = [[], []]
  const centres = breaks.map((at) => ({ at, width: narrowest }))
  for (const [from, to] of gradedPanels(0, REACH, centres, widest)) {
    const [half, middle] = [(to - from) / 2, (to + from) / 2]
    rule.nodes.forEach((node, i) => {
      const x = middle + half * node
      nodes.push(x)
      masses.push((half * (rule.weights[i] ?? NaN) * Math.exp((-x * x) / 2)) / ROOT_TWO_PI)
    })
  }
  return new HermiteGrid(Float64Array.from(nodes), Float64Array.from(masses))
}
