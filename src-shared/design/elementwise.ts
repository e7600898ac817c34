/**
 * The elementwise operations in which activations and surrogate derivatives are written once.
 *
 * The same formula is evaluated on numbers (plots, quadrature, float64) and on tensors (training,
 * float32): each side hands in its own implementation of this interface.
 */
export interface Elementwise<T> {
  /** x + y, elementwise. */
  add(x: T, y: T): T
  /** x · y, elementwise. */
  multiply(x: T, y: T): T
  /** factor · x. */
  scale(x: T, factor: number): T
  /** x + offset. */
  shift(x: T, offset: number): T
  abs(x: T): T
  /** 1/x. */
  reciprocal(x: T): T
  /** −1, 0 or 1; sign(0) = 0. */
  sign(x: T): T
  /** max(0, x). */
  relu(x: T): T
  /** The smaller of x and a number. */
  minimum(x: T, bound: number): T
  /** The larger of x and a number. */
  maximum(x: T, bound: number): T
  exp(x: T): T
  log(x: T): T
  sqrt(x: T): T
  /** x to a constant power. */
  power(x: T, exponent: number): T
  cos(x: T): T
  sin(x: T): T
  erf(x: T): T
  tanh(x: T): T
  /** A value of the same shape filled with a constant. */
  fill(like: T, value: number): T
}
