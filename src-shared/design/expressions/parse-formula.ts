import { LabError } from '../../protocol/errors'
import {
  add,
  apply,
  constant,
  formulaFunctions,
  multiply,
  power,
  variable,
  type Formula,
  type FunctionName,
  type Place
} from './formula'
import { parseSyntax, placeOf, type SyntaxNode } from './formula-syntax'

/** Characters that a formula may have. */
export const FORMULA_LENGTH = 400
/** Parts that may stand inside one another. */
const DEPTH = 40
const constants: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E }
const vocabulary = `z, pi, e and ${Object.keys(formulaFunctions).join(', ')}, min, max`

/**
 * The function of z that a text states, such as "exp(-z^2) * cos(3*z)".
 *
 * @throws LabError naming the part that is not understood and the character where it stands
 */
export function parseFormula(text: string): Formula {
  if (text.trim() === '') throw new LabError('invalid-request', `enter a formula of ${vocabulary}`)
  if (text.length > FORMULA_LENGTH) {
    const message = `a formula may have ${FORMULA_LENGTH} characters; this one has ${text.length}`
    throw new LabError('invalid-request', message)
  }
  return new Reader(text).read(syntaxOf(text), 0)
}

function syntaxOf(text: string): SyntaxNode {
  try {
    return parseSyntax(text)
  } catch (problem) {
    const { description, index } = problem as { description?: string; index?: number }
    if (description === undefined || index === undefined) throw problem
    throw new LabError('invalid-request', `${description} at character ${index + 1}`)
  }
}

/** From jsep's tree to ours, refusing what formulas do not have. */
class Reader {
  constructor(private readonly text: string) {}

  read(node: SyntaxNode, depth: number): Formula {
    if (depth > DEPTH) this.refuse(node, `is nested more than ${DEPTH} deep`)
    const inner = (part: unknown): Formula => this.read(part as SyntaxNode, depth + 1)
    switch (node.type) {
      case 'Literal':
        if (typeof node.value !== 'number') return this.refuse(node, 'is not a number')
        return constant(node.value)
      case 'Identifier':
        return this.name(node, node.name)
      case 'UnaryExpression':
        return multiply(constant(node.operator === '-' ? -1 : 1), inner(node.argument))
      case 'BinaryExpression':
        return this.binary(node, node.operator, inner(node.left), inner(node.right))
      case 'CallExpression': {
        const name = (node.callee as { name?: string }).name ?? ''
        return this.call(node, name, node.arguments.map(inner))
      }
      case 'ArrayExpression':
      case 'Compound':
      case 'ConditionalExpression':
      case 'MemberExpression':
      case 'SequenceExpression':
      case 'ThisExpression':
        return this.refuse(node, 'is not part of a formula: join parts by + - * / ^')
    }
  }

  private name(node: SyntaxNode, name: string): Formula {
    if (name === 'z') return variable
    const value = Object.hasOwn(constants, name) ? constants[name] : undefined
    if (value === undefined) return this.refuse(node, `is unknown: use ${vocabulary}`)
    return constant(value)
  }

  private binary(node: SyntaxNode, operator: string, left: Formula, right: Formula): Formula {
    switch (operator) {
      case '+':
        return add(left, right)
      case '-':
        return add(left, multiply(constant(-1), right))
      case '*':
        return multiply(left, right)
      case '/':
        return multiply(left, power(right, -1))
      default:
        if (right.kind === 'constant') return power(left, right.value)
        if (left.kind === 'constant' && left.value > 0) {
          return apply('exp', multiply(constant(Math.log(left.value)), right), placeOf(node))
        }
        return this.refuse(node, 'has z in its exponent: only a positive constant may have that')
    }
  }

  private call(node: SyntaxNode, name: string, given: Formula[]): Formula {
    const [x, y] = given
    const place = placeOf(node)
    if (name === 'min' || name === 'max') {
      if (!x || !y || given.length !== 2) return this.refuse(node, `needs two arguments`)
      return name === 'max' ? larger(x, y, place) : negated(larger(negated(x), negated(y), place))
    }
    if (!Object.hasOwn(formulaFunctions, name)) {
      return this.refuse(node, `calls an unknown function: use ${vocabulary}`)
    }
    if (!x || given.length !== 1) return this.refuse(node, 'needs one argument')
    return apply(name as FunctionName, x, place)
  }

  private refuse(node: SyntaxNode, why: string): never {
    const { start, end } = placeOf(node)
    const part = this.text.slice(start, end).trim()
    const subject = part === '' ? 'the formula' : `"${part}" at character ${start + 1}`
    throw new LabError('invalid-request', `${subject} ${why}`)
  }
}

/** max(x, y) = y + max(0, x − y): right for infinite x too, so that y is the constant, if one is. */
function larger(x: Formula, y: Formula, place: Place): Formula {
  if (x.kind === 'constant' && y.kind !== 'constant') return larger(y, x, place)
  return add(y, apply('relu', add(x, negated(y)), place))
}

function negated(x: Formula): Formula {
  return multiply(constant(-1), x)
}
