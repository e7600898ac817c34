import type { Elementwise } from '../elementwise'
import { numberElementwise } from '../number-elementwise'

/** Where a part of a formula stands in its text: characters from `start` up to `end`. */
export interface Place {
  readonly start: number
  readonly end: number
}

/** A function of z as a tree; constants are folded as it is built. */
export type Formula =
  | { readonly kind: 'variable' }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'add' | 'multiply'; readonly left: Formula; readonly right: Formula }
  | { readonly kind: 'power'; readonly base: Formula; readonly exponent: number }
  | {
      readonly kind: 'apply'
      readonly name: FunctionName
      readonly argument: Formula
      readonly place: Place
    }

export type FunctionName =
  'abs' | 'exp' | 'log' | 'sqrt' | 'sin' | 'cos' | 'tanh' | 'erf' | 'relu' | 'sign' | 'heaviside'

interface FormulaFunction {
  readonly evaluate: <T>(ops: Elementwise<T>, x: T) => T
  /** The derivative at x; 'jump' where there is none to train with. */
  readonly derivative: ((x: Formula, place: Place) => Formula) | 'jump'
  /** It has a kink or a jump where its argument is 0. */
  readonly breaksAtZero?: true
}

/** Every function that a formula may call. */
export const formulaFunctions: Readonly<Record<FunctionName, FormulaFunction>> = {
  abs: {
    evaluate: (ops, x) => ops.abs(x),
    derivative: (x, place) => apply('sign', x, place),
    breaksAtZero: true
  },
  exp: { evaluate: (ops, x) => ops.exp(x), derivative: (x, place) => apply('exp', x, place) },
  log: { evaluate: (ops, x) => ops.log(x), derivative: (x) => power(x, -1) },
  sqrt: {
    evaluate: (ops, x) => ops.sqrt(x),
    derivative: (x) => multiply(constant(0.5), power(x, -0.5))
  },
  sin: { evaluate: (ops, x) => ops.sin(x), derivative: (x, place) => apply('cos', x, place) },
  cos: {
    evaluate: (ops, x) => ops.cos(x),
    derivative: (x, place) => multiply(constant(-1), apply('sin', x, place))
  },
  tanh: {
    evaluate: (ops, x) => ops.tanh(x),
    derivative: (x, place) =>
      add(constant(1), multiply(constant(-1), power(apply('tanh', x, place), 2)))
  },
  erf: {
    evaluate: (ops, x) => ops.erf(x),
    derivative: (x, place) => {
      const gaussian = apply('exp', multiply(constant(-1), power(x, 2)), place)
      return multiply(constant(2 / Math.sqrt(Math.PI)), gaussian)
    }
  },
  relu: {
    evaluate: (ops, x) => ops.relu(x),
    derivative: (x, place) => apply('heaviside', x, place),
    breaksAtZero: true
  },
  sign: { evaluate: (ops, x) => ops.sign(x), derivative: 'jump', breaksAtZero: true },
  heaviside: {
    evaluate: (ops, x) => ops.shift(ops.scale(ops.sign(x), 0.5), 0.5),
    derivative: 'jump',
    breaksAtZero: true
  }
}

export const variable: Formula = { kind: 'variable' }

/** A number. */
export function constant(value: number): Formula {
  return { kind: 'constant', value }
}

/** left + right. */
export function add(left: Formula, right: Formula): Formula {
  if (left.kind === 'constant' && right.kind === 'constant') {
    return constant(left.value + right.value)
  }
  // Constants stand on the right.
  if (left.kind === 'constant') return add(right, left)
  return right.kind === 'constant' && right.value === 0 ? left : { kind: 'add', left, right }
}

/** left · right. */
export function multiply(left: Formula, right: Formula): Formula {
  if (left.kind === 'constant' && right.kind === 'constant') {
    return constant(left.value * right.value)
  }
  if (left.kind === 'constant') return multiply(right, left)
  if (right.kind === 'constant') {
    if (right.value === 0) return right
    if (right.value === 1) return left
  }
  return { kind: 'multiply', left, right }
}

/** base to a constant power. */
export function power(base: Formula, exponent: number): Formula {
  if (exponent === 1) return base
  if (exponent === 0) return constant(1)
  if (base.kind === 'constant') return constant(base.value ** exponent)
  return { kind: 'power', base, exponent }
}

/** A function of an argument. */
export function apply(name: FunctionName, argument: Formula, place: Place): Formula {
  if (argument.kind === 'constant') {
    return constant(formulaFunctions[name].evaluate(numberElementwise, argument.value))
  }
  return { kind: 'apply', name, argument, place }
}

/** The formula's value at z, on numbers or tensors. */
export function evaluateFormula<T>(formula: Formula, ops: Elementwise<T>, z: T): T {
  switch (formula.kind) {
    case 'variable':
      return z
    case 'constant':
      return ops.fill(z, formula.value)
    case 'add': {
      const left = evaluateFormula(formula.left, ops, z)
      if (formula.right.kind === 'constant') return ops.shift(left, formula.right.value)
      return ops.add(left, evaluateFormula(formula.right, ops, z))
    }
    case 'multiply': {
      const left = evaluateFormula(formula.left, ops, z)
      if (formula.right.kind === 'constant') return ops.scale(left, formula.right.value)
      return ops.multiply(left, evaluateFormula(formula.right, ops, z))
    }
    case 'power':
      return evaluatePower(ops, evaluateFormula(formula.base, ops, z), formula.exponent)
    case 'apply': {
      const argument = evaluateFormula(formula.argument, ops, z)
      return formulaFunctions[formula.name].evaluate(ops, argument)
    }
  }
}

/** Small whole powers by multiplication: exact signs for negative bases, on tensors too. */
function evaluatePower<T>(ops: Elementwise<T>, x: T, exponent: number): T {
  if (exponent < 0 && Number.isInteger(exponent)) {
    return ops.reciprocal(evaluatePower(ops, x, -exponent))
  }
  if (exponent === 0.5) return ops.sqrt(x)
  if (!Number.isInteger(exponent) || exponent > 64) return ops.power(x, exponent)
  if (exponent === 1) return x
  const half = evaluatePower(ops, x, Math.floor(exponent / 2))
  const square = ops.multiply(half, half)
  return exponent % 2 === 0 ? square : ops.multiply(square, x)
}
