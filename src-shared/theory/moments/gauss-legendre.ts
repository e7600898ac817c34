/** Nodes and weights on [−1, 1]. */
export interface QuadratureRule {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

/**
 * The Gauss–Legendre rule with `count` points on [−1, 1], exact for polynomials below degree 2·count.
 *
 * The nodes are the zeros of the Legendre polynomial, found by Newton's method from Tricomi's
 * estimate cos(π(i − ¼)/(n + ½)); weights 2/((1 − x²) P′ₙ(x)²).
 */
export function gaussLegendre(count: number): QuadratureRule {
  const nodes = new Float64Array(count)
  const weights = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5))
    let slope = 0
    for (let iteration = 0; iteration < 100; iteration++) {
      let current = 1
      let previous = 0
      for (let degree = 0; degree < count; degree++) {
        const next = ((2 * degree + 1) * x * current - degree * previous) / (degree + 1)
        previous = current
        current = next
      }
      slope = (count * (x * current - previous)) / (x * x - 1)
      const step = current / slope
      x -= step
      if (Math.abs(step) < 1e-16) break
    }
    nodes[i] = x
    weights[i] = 2 / ((1 - x * x) * slope * slope)
  }
  return { nodes, weights }
}

/** ∫ f over [from, to] by a rule given on [−1, 1]. */
export function integrate(
  rule: QuadratureRule,
  from: number,
  to: number,
  f: (x: number) => number
): number {
  const half = (to - from) / 2
  const middle = (to + from) / 2
  let total = 0
  const { nodes, weights } = rule
  for (let i = 0; i < nodes.length; i++) {
    total += (weights[i] ?? NaN) * f(middle + half * (nodes[i] ?? NaN))
  }
  return total * half
}
