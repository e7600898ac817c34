/** The paper's target: 4x₀x₁² − 0.8x₀³ + 1.2x₁² − 0.8x₀²x₁. */
export function paperTarget(x0: number, x1: number): number {
  return 4 * x0 * x1 * x1 - 0.8 * x0 ** 3 + 1.2 * x1 * x1 - 0.8 * x0 * x0 * x1
}
