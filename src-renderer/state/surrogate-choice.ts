import type { Activation } from '@shared/design/activation'
import {
  matchedToJump,
  surrogatePresets,
  type SurrogatePreset
} from '@shared/design/surrogate-presets'
import {
  surrogateDefinition,
  surrogates,
  surrogateSchema,
  type Surrogate,
  type SurrogateName
} from '@shared/design/surrogate'
import { LabError } from '@shared/protocol/errors'
import { functionDraft, statedSurrogate, surrogateDraft } from './function-draft'

/** A surrogate that the gallery offers: the lab's own or one as a library names it. */
export interface GalleryEntry {
  readonly id: string
  readonly title: string
  /** null for the lab's own. */
  readonly library: SurrogatePreset['library'] | null
  readonly surrogate: Surrogate
  /** What its name would not let one expect. */
  readonly trap: string | null
}

/** An entry that is laid over the others, with parameters as the user types them. */
export interface SurrogateChoice {
  readonly id: string
  readonly title: string
  readonly name: SurrogateName
  readonly texts: Readonly<Record<string, string>>
}

/** A choice as its texts state it, or what is wrong with them. */
export type StatedChoice =
  | { readonly surrogate: Surrogate; readonly problem: null }
  | { readonly surrogate: null; readonly problem: string }

/** Every entry of the gallery: the lab's own, then those of libraries. */
export const galleryEntries: readonly GalleryEntry[] = [
  ...(Object.keys(surrogates) as SurrogateName[]).map((name) => ({
    id: name,
    title: surrogateDefinition(name).title,
    library: null,
    surrogate: surrogateSchema.parse(statedSurrogate(surrogateDraft(name))),
    trap: null
  })),
  ...surrogatePresets
]

/** The entries whose words contain every word of a search. */
export function entriesFor(search: string): GalleryEntry[] {
  const words = search.toLowerCase().split(/\s+/)
  return galleryEntries.filter(({ title, surrogate, library }) => {
    const { reference } = surrogateDefinition(surrogate.name)
    const text = `${title} ${surrogate.name} ${library ?? 'Tangent Lab'} ${reference}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** An entry taken up for comparison. */
export function choiceOf({ id, title, surrogate }: GalleryEntry): SurrogateChoice {
  return { id, title, name: surrogate.name, texts: functionDraft(surrogate).parameters }
}

/** What a choice's texts state. */
export function stated({ name, texts }: SurrogateChoice): StatedChoice {
  const parsed = surrogateSchema.safeParse(statedSurrogate({ name, parameters: texts }))
  if (parsed.success) return { surrogate: parsed.data, problem: null }
  const issue = parsed.error.issues[0]
  const place = issue?.path.join('.') ?? ''
  return { surrogate: null, problem: `${place}: ${issue?.message ?? 'must be a number'}` }
}

/**
 * A choice whose area is that of the activation's jump, or why that cannot be.
 *
 * @returns the choice, or a sentence
 */
export function matchedChoice(
  choice: SurrogateChoice,
  activation: Activation
): SurrogateChoice | string {
  const { surrogate, problem } = stated(choice)
  if (surrogate === null) return problem
  try {
    return { ...choice, texts: functionDraft(matchedToJump(surrogate, activation)).parameters }
  } catch (error) {
    if (error instanceof LabError) return error.message
    throw error
  }
}
