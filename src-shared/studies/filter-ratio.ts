/**
 * The largest (1 − e^(−x))(1 + x)/x over x > 0, 1.2984 at x = 1.793: how much more of a component gradient
 * flow has learned after the time τ than ridge regression with ρ = 1/τ learns, x = λτ. It is the root of
 * e^x = 1 + x + x², where the derivative vanishes.
 */
export function largestFilterRatio(): number {
  let x = 2
  for (let step = 0; step < 20; step++) {
    x -= (Math.exp(x) - 1 - x - x * x) / (Math.exp(x) - 1 - 2 * x)
  }
  return filterRatio(x)
}

/** (1 − e^(−x))(1 + x)/x; 1 at 0 and at infinity. */
export function filterRatio(x: number): number {
  return (-Math.expm1(-x) * (1 + x)) / x
}
