import jsep from 'jsep'

/** A node of jsep's tree, with the place that the parser's own hooks do not keep. */
export type SyntaxNode = jsep.CoreExpression & { start?: number; end?: number }

/**
 * jsep (MIT, no dependencies, no eval) with the operators of formulas alone: + − * / and ^, which
 * binds tighter than a sign, so −z^2 is −(z²). The hook below also keeps where every part stands.
 */
jsep.removeAllUnaryOps()
jsep.removeAllBinaryOps()
jsep.addBinaryOp('+', 9)
jsep.addBinaryOp('-', 9)
jsep.addBinaryOp('*', 10)
jsep.addBinaryOp('/', 10)
jsep.addBinaryOp('^', 11, true)
for (const literal of Object.keys(jsep.literals)) jsep.removeLiteral(literal)

jsep.hooks.add('gobble-token', function (env) {
  const start = this.index
  const node = token(this)
  // Anything else is left to jsep, and refused by whoever reads its tree.
  if (node) env.node = { ...node, start, end: this.index }
})

function token(parser: jsep.HookScope): jsep.PossibleExpression {
  const { char } = parser
  if (char === '-' || char === '+') {
    parser.index++
    const argument = powers(parser)
    return { type: 'UnaryExpression', operator: char, argument, prefix: true }
  }
  if (/[0-9.]/.test(char)) return parser.gobbleNumericLiteral()
  if (char === '(') return parser.gobbleGroup()
  if (!/[a-z]/i.test(char)) return undefined
  const name = parser.gobbleIdentifier()
  return name && parser.gobbleTokenProperty(name)
}

/** What a sign applies to: a token and its powers, from the right. */
function powers(parser: jsep.HookScope): jsep.Expression {
  const base = parser.gobbleToken()
  if (!base) return parser.throwError('Expected a number, a name or ( after the sign')
  parser.gobbleSpaces()
  if (parser.char !== '^') return base
  parser.index++
  return { type: 'BinaryExpression', operator: '^', left: base, right: powers(parser) }
}

/** The tree of a formula's text. @throws what jsep throws: an Error with `description` and `index` */
export function parseSyntax(text: string): SyntaxNode {
  return jsep(text) as SyntaxNode
}

/** Where a node stands: a binary one from its left to its right part, an unknown one everywhere. */
export function placeOf(node: SyntaxNode): { start: number; end: number } {
  if (node.type === 'BinaryExpression' && node.start === undefined) {
    return {
      start: placeOf(node.left as SyntaxNode).start,
      end: placeOf(node.right as SyntaxNode).end
    }
  }
  return { start: node.start ?? 0, end: node.end ?? Infinity }
}
