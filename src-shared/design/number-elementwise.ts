import erf from '@stdlib/math-base-special-erf'
import type { Elementwise } from './elementwise'

/** Activations and surrogates on plain numbers, in float64. */
export const numberElementwise: Elementwise<number> = {
  add: (x, y) => x + y,
  multiply: (x, y) => x * y,
  scale: (x, factor) => factor * x,
  shift: (x, offset) => x + offset,
  abs: Math.abs,
  reciprocal: (x) => 1 / x,
  sign: Math.sign,
  relu: (x) => Math.max(0, x),
  minimum: Math.min,
  maximum: Math.max,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  power: (x, exponent) => x ** exponent,
  cos: Math.cos,
  sin: Math.sin,
  erf,
  tanh: Math.tanh,
  fill: (_like, value) => value
}
