/** A formula as a tree, from the small part of TeX that the registries write. */
export type FormulaNode =
  | { readonly kind: 'row'; readonly children: readonly FormulaNode[] }
  | { readonly kind: 'identifier'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'operator'; readonly text: string }
  | { readonly kind: 'function'; readonly text: string }
  | { readonly kind: 'fraction'; readonly above: FormulaNode; readonly below: FormulaNode }
  | { readonly kind: 'root'; readonly inside: FormulaNode }
  | { readonly kind: 'power'; readonly base: FormulaNode; readonly exponent: FormulaNode }
  | { readonly kind: 'index'; readonly base: FormulaNode; readonly index: FormulaNode }

const symbols: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  theta: 'θ',
  pi: 'π',
  sigma: 'σ',
  phi: 'φ',
  psi: 'ψ',
  kappa: 'κ'
}
const operators: Readonly<Record<string, string>> = { cdot: '·', pm: '±', leq: '≤', geq: '≥' }

/** Reads TeX; a command it does not know is shown by its name. */
export function parseFormula(tex: string): FormulaNode {
  const tokens = tex.match(/\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|\S/g) ?? []
  let at = 0

  const row = (): FormulaNode => {
    const children: FormulaNode[] = []
    while (at < tokens.length && tokens[at] !== '}') {
      const node = scripted()
      if (node) children.push(node)
    }
    return { kind: 'row', children }
  }
  const scripted = (): FormulaNode | null => {
    let node = atom()
    while (node && (tokens[at] === '^' || tokens[at] === '_')) {
      const raised = tokens[at++] === '^'
      const script = argument()
      node = raised
        ? { kind: 'power', base: node, exponent: script }
        : { kind: 'index', base: node, index: script }
    }
    return node
  }
  const argument = (): FormulaNode => atom() ?? { kind: 'row', children: [] }
  const atom = (): FormulaNode | null => {
    const token = tokens[at++]
    if (token === undefined) return null
    if (token === '{') {
      const inside = row()
      at++
      return inside
    }
    if (token.startsWith('\\')) return command(token.slice(1))
    if (/^\d/.test(token)) return { kind: 'number', text: token }
    if (/^[a-zA-Z]$/.test(token)) return { kind: 'identifier', text: token }
    return { kind: 'operator', text: token === '-' ? '−' : token }
  }
  const command = (name: string): FormulaNode | null => {
    if (name === 'frac') return { kind: 'fraction', above: argument(), below: argument() }
    if (name === 'sqrt') return { kind: 'root', inside: argument() }
    if (name === 'operatorname') return { kind: 'function', text: plainText(argument()) }
    if (!/^[a-zA-Z]/.test(name) || name === 'left' || name === 'right') return null
    const [symbol, operator] = [symbols[name], operators[name]]
    if (symbol !== undefined) return { kind: 'identifier', text: symbol }
    if (operator !== undefined) return { kind: 'operator', text: operator }
    return { kind: 'function', text: name }
  }
  return row()
}

function plainText(node: FormulaNode): string {
  if (node.kind === 'row') return node.children.map(plainText).join('')
  return 'text' in node ? node.text : ''
}
