import { LabError } from '../../protocol/errors'
import { numberElementwise } from '../number-elementwise'
import { evaluateFormula, formulaFunctions, type Formula } from './formula'

/** Formulas are searched for kinks, jumps and peaks for |z| up to this, on a grid of this step. */
const RANGE = 40
const STEP = 0.01
const MOST_BREAKS = 64

/**
 * Where quadrature has to look closely: kinks and jumps, the largest value, and the steepest place.
 *
 * @throws LabError where there are more than 64 kinks and jumps
 */
export function breaksOf(formula: Formula): number[] {
  const breaks = new Set<number>()
  for (const argument of breakingArguments(formula)) {
    for (const root of rootsOf((z) => evaluateFormula(argument, numberElementwise, z))) {
      breaks.add(root)
    }
    if (breaks.size > MOST_BREAKS) {
      throw new LabError(
        'invalid-request',
        `the formula has more than ${MOST_BREAKS} kinks and jumps for |z| ≤ ${RANGE}: use fewer`
      )
    }
  }
  const value = (z: number): number => evaluateFormula(formula, numberElementwise, z)
  const { peak, steepest } = extremesOf(value, [...breaks])
  for (const feature of [0, peak, steepest]) {
    const isNew = [...breaks].every((at) => Math.abs(at - feature) > 2 * STEP)
    if (isNew && Math.abs(feature) < RANGE - STEP) breaks.add(feature)
  }
  return [...breaks].sort((x, y) => x - y)
}

function breakingArguments(formula: Formula): Formula[] {
  switch (formula.kind) {
    case 'variable':
    case 'constant':
      return []
    case 'add':
    case 'multiply':
      return [...breakingArguments(formula.left), ...breakingArguments(formula.right)]
    case 'power':
      return breakingArguments(formula.base)
    case 'apply': {
      const inside = breakingArguments(formula.argument)
      return formulaFunctions[formula.name].breaksAtZero ? [formula.argument, ...inside] : inside
    }
  }
}

/** Zeros of f where it changes sign on a grid, by bisection to rounding. */
function rootsOf(f: (z: number) => number): number[] {
  const roots: number[] = []
  const count = Math.round((2 * RANGE) / STEP)
  let before = f(-RANGE)
  for (let i = 1; i <= count; i++) {
    const to = (i - count / 2) * STEP
    const value = f(to)
    if (value === 0) roots.push(to)
    else if (before !== 0 && before < 0 !== value < 0) roots.push(bisected(f, to - STEP, to))
    before = value
  }
  return roots
}

function bisected(f: (z: number) => number, from: number, to: number): number {
  const rises = f(to) > 0
  let [low, high] = [from, to]
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2
    if (f(middle) > 0 === rises) high = middle
    else low = middle
  }
  // 0 itself, where bisection ends a rounding beside it.
  return Math.abs(high) < 1e-15 ? 0 : high
}

/** The scale on which f varies where it is smooth: its largest value over its largest slope. */
export function scaleOf(f: (z: number) => number, breaks: readonly number[]): number {
  const { largest, fastest } = extremesOf(f, breaks)
  return fastest === 0 ? Infinity : (STEP * largest) / fastest
}

interface Extremes {
  /** The largest |f|, and where. */
  readonly largest: number
  readonly peak: number
  /** The largest change over one step of the grid, and where. */
  readonly fastest: number
  readonly steepest: number
}

/** Over the same grid; steps across a break are left out. */
function extremesOf(f: (z: number) => number, breaks: readonly number[]): Extremes {
  let [peak, steepest, largest, fastest] = [0, 0, 0, 0]
  const count = Math.round(RANGE / STEP)
  const broken = new Set(breaks.map((at) => Math.floor(at / STEP)))
  let value = f(-RANGE)
  for (let i = -count; i < count; i++) {
    const next = f((i + 1) * STEP)
    const change = broken.has(i) || broken.has(i + 1) ? 0 : Math.abs(next - value)
    if (Math.abs(value) > largest) [largest, peak] = [Math.abs(value), i * STEP]
    if (change > fastest) [fastest, steepest] = [change, i * STEP]
    value = next
  }
  return { largest, peak, fastest, steepest }
}
