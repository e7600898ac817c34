import { json } from '@codemirror/lang-json'
import { ensureSyntaxTree } from '@codemirror/language'
import { EditorState, type Extension } from '@codemirror/state'
import { checkExperiment, statedExperiment, type DraftCheck } from './check-draft'
import type { Draft } from './draft'

type SyntaxNode = NonNullable<ReturnType<typeof ensureSyntaxTree>>['topNode']

/** What is wrong with a text, and where: characters from its beginning. */
export interface JsonProblem {
  readonly from: number
  readonly to: number
  readonly message: string
}

/** An experiment that a text states, and what is wrong with it. */
export interface JsonCheck {
  readonly experiment: DraftCheck['experiment']
  readonly problems: readonly JsonProblem[]
}

/** JSON as an editor's language. */
export const jsonLanguage: Extension = json()
/** Parsing is given up after so long: problems are then told at the beginning. */
const PARSE_MS = 200

/** A draft as the JSON that `tangent run` takes; numbers that are half typed are null. */
export function draftJson(draft: Draft): string {
  return `${JSON.stringify(statedExperiment(draft), null, 2)}\n`
}

/**
 * Checks a text as the experiment, or the preset, that it states.
 *
 * @returns problems in the order of the text
 */
export function checkJson(text: string): JsonCheck {
  const state = EditorState.create({ doc: text, extensions: jsonLanguage })
  const root = ensureSyntaxTree(state, text.length, PARSE_MS)?.topNode
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    const broken = root && firstError(root)
    const from = Math.min(broken?.from ?? 0, Math.max(0, text.length - 1))
    const message = error instanceof Error ? error.message : String(error)
    return { experiment: null, problems: [{ from, to: from + 1, message }] }
  }
  const isPreset = typeof content === 'object' && content !== null && 'experiment' in content
  const stated = isPreset ? (content as { experiment: unknown }).experiment : content
  const { experiment, problems } = checkExperiment(stated)
  const located = [...problems].map(([place, message]) => {
    const path = [...(isPreset ? ['experiment'] : []), ...(place === '' ? [] : place.split('.'))]
    const { from, to } = root ? nodeAt(state, root, path) : { from: 0, to: 1 }
    return { from, to, message: place === '' ? message : `${place}: ${message}` }
  })
  return { experiment, problems: located.sort((a, b) => a.from - b.from) }
}

/** The value at a path; where it is missing, the bracket that opens what should contain it. */
function nodeAt(
  state: EditorState,
  root: SyntaxNode,
  path: readonly string[]
): { readonly from: number; readonly to: number } {
  let value = root.firstChild
  for (const key of path) {
    const next = value && childAt(state, value, key)
    if (!next) return { from: value?.from ?? 0, to: (value?.from ?? 0) + 1 }
    value = next
  }
  return value ?? { from: 0, to: 1 }
}

function childAt(state: EditorState, parent: SyntaxNode, key: string): SyntaxNode | null {
  if (parent.name === 'Object') {
    const property = parent
      .getChildren('Property')
      .find(({ firstChild }) => firstChild && nameOf(state, firstChild) === key)
    return property?.lastChild ?? null
  }
  if (parent.name !== 'Array') return null
  const items: SyntaxNode[] = []
  for (let child = parent.firstChild; child; child = child.nextSibling) {
    if (/^[A-Z]/.test(child.name)) items.push(child)
  }
  return items[Number(key)] ?? null
}

function nameOf(state: EditorState, { from, to }: SyntaxNode): unknown {
  return JSON.parse(state.sliceDoc(from, to))
}

function firstError(root: SyntaxNode): { readonly from: number } | null {
  let found: { readonly from: number } | null = null
  root.cursor().iterate((node) => {
    if (node.type.isError) found ??= { from: node.from }
  })
  return found
}
