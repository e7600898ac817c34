import { z } from 'zod'
import {
  datasetSchema,
  generatorDefinition,
  generators,
  type DatasetSpec,
  type GeneratorKind
} from '@shared/design/dataset'
import type { BundledSet } from '@shared/design/datasets/bundled-sets'
import { preparationSchema, type Preparation } from '@shared/design/datasets/preparation'
import { problemsByPlace } from './check-draft'
import { numberFrom } from './typed-numbers'

/** Which data: a generator, a set that comes with the lab, or one stored in the session. */
export type DataIdentity =
  | { readonly kind: GeneratorKind }
  | { readonly kind: 'bundled'; readonly set: BundledSet }
  | { readonly kind: 'stored'; readonly sha256: string }

/** Data as a form holds them: texts by place, such as 'target.degree'; lists with commas. */
export interface DataDraft {
  /** 'file': what is being imported. */
  readonly identity: DataIdentity | { readonly kind: 'file' }
  readonly texts: Readonly<Record<string, string>>
}

/** One parameter of the data, from its schema. */
export interface DataField {
  /** Its place in the specification. */
  readonly place: string
  readonly kind: 'number' | 'text' | 'names' | 'choice'
  /** Of a choice; '' leaves an optional one to the lab. */
  readonly options: readonly string[]
  readonly initial: string
  readonly isOptional: boolean
}

/** What parameters start from that have no default of their own. */
const initialTexts: Readonly<Record<string, string>> = {
  trainCount: '20',
  testCount: '100',
  dimension: '3',
  degree: '2',
  width: '50',
  formula: 'tanh(z)'
}

/** A name for each of the data, the same for equal ones. */
export function identityKey(identity: DataDraft['identity']): string {
  if (identity.kind === 'bundled') return `bundled:${identity.set}`
  return identity.kind === 'stored' ? `stored:${identity.sha256}` : identity.kind
}

/** The data that a specification names; null for those stated point by point. */
export function identityOf(data: DatasetSpec): DataIdentity | null {
  if (data.kind === 'inline') return null
  if (data.kind === 'bundled') return { kind: data.kind, set: data.set }
  return data.kind === 'stored' ? { kind: data.kind, sha256: data.sha256 } : { kind: data.kind }
}

/** A draft that states the given parameters, and the defaults of all others. */
export function dataDraft(identity: DataDraft['identity'], stated: object = {}): DataDraft {
  return { identity, texts: textsOf(stated, '') }
}

function textsOf(stated: object, prefix: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(stated).flatMap(([key, value]: [string, unknown]) => {
      const place = prefix + key
      if (Array.isArray(value)) return [[place, value.join(', ')]]
      if (typeof value === 'object' && value !== null) {
        return Object.entries(textsOf(value, `${place}.`))
      }
      return [[place, String(value)]]
    })
  )
}

/** The parameters of the data: which there are depends on what some of them are set to. */
export function dataFields({ identity, texts }: DataDraft): DataField[] {
  const { kind } = identity
  const schema =
    kind in generators ? generatorDefinition(kind as GeneratorKind).schema : preparationSchema
  return schema instanceof z.ZodObject ? fieldsOf(schema, '', texts) : []
}

function fieldsOf(object: z.ZodObject, prefix: string, texts: DataDraft['texts']): DataField[] {
  return Object.entries(object.shape as Record<string, z.ZodType>)
    .filter(([, schema]) => !(schema instanceof z.ZodLiteral))
    .flatMap(([key, schema]) => {
      const inner = unwrapped(schema)
      const place = prefix + key
      return inner instanceof z.ZodDiscriminatedUnion
        ? variantFields(inner, place, texts)
        : [fieldOf(place, schema, inner)]
    })
}

/** A choice between several forms of a parameter, and the parameters of the one that is chosen. */
function variantFields(
  union: z.ZodDiscriminatedUnion,
  at: string,
  texts: DataDraft['texts']
): DataField[] {
  const place = `${at}.${union.def.discriminator}`
  const variants = union.options.flatMap((option) => {
    if (!(option instanceof z.ZodObject)) return []
    const name: unknown = option.shape[union.def.discriminator]
    return name instanceof z.ZodLiteral ? [{ name: String(name.value), schema: option }] : []
  })
  const options = variants.map(({ name }) => name)
  const [initial = ''] = options
  const chosen = variants.find(({ name }) => name === (texts[place] ?? initial))
  return [
    { place, kind: 'choice', options, initial, isOptional: false },
    ...(chosen ? fieldsOf(chosen.schema, `${at}.`, texts) : [])
  ]
}

function fieldOf(place: string, schema: z.ZodType, inner: z.ZodType): DataField {
  const isOptional = schema instanceof z.ZodOptional
  const { data: byDefault } = schema.safeParse(undefined)
  const common = { place, isOptional, options: [] }
  const initial = (otherwise: string): string =>
    typeof byDefault === 'string' || typeof byDefault === 'number' ? String(byDefault) : otherwise
  if (isOptional) {
    if (inner instanceof z.ZodEnum) {
      return { ...common, kind: 'choice', options: ['', ...inner.options.map(String)], initial: '' }
    }
    return { ...common, kind: inner instanceof z.ZodArray ? 'names' : 'number', initial: '' }
  }
  if (inner instanceof z.ZodEnum) {
    const options = inner.options.map(String)
    return { ...common, kind: 'choice', options, initial: initial(options[0] ?? '') }
  }
  const usual = initialTexts[place.split('.').at(-1) ?? ''] ?? '1'
  return {
    ...common,
    kind: inner instanceof z.ZodNumber ? 'number' : 'text',
    initial: initial(usual)
  }
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const isWrapped = schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
  return isWrapped ? unwrapped(schema.unwrap() as z.ZodType) : schema
}

/** What a field holds. */
export function fieldText({ texts }: DataDraft, { place, initial }: DataField): string {
  return texts[place] ?? initial
}

/** What a draft of data amounts to: a specification, or what is wrong with it by place. */
export interface DataCheck {
  readonly data: DatasetSpec | null
  readonly problems: ReadonlyMap<string, string>
}

/** The data that a draft states, checked by the schema that the engine checks with. */
export function checkData(draft: DataDraft): DataCheck {
  const parsed = datasetSchema.safeParse({ ...draft.identity, ...statedBy(draft) })
  return parsed.success
    ? { data: parsed.data, problems: new Map() }
    : { data: null, problems: problemsByPlace(parsed.error) }
}

/** How a file's rows become training and test data, and what is wrong with that by place. */
export function checkPreparation(draft: DataDraft): {
  readonly preparation: Preparation | null
  readonly problems: ReadonlyMap<string, string>
} {
  const parsed = preparationSchema.safeParse(statedBy(draft))
  return parsed.success
    ? { preparation: parsed.data, problems: new Map() }
    : { preparation: null, problems: problemsByPlace(parsed.error) }
}

function statedBy(draft: DataDraft): Record<string, unknown> {
  const stated: Record<string, unknown> = {}
  for (const field of dataFields(draft)) {
    const text = fieldText(draft, field).trim()
    if (text !== '' || !field.isOptional) put(stated, field.place.split('.'), valueOf(field, text))
  }
  return stated
}

function valueOf({ kind }: DataField, text: string): unknown {
  if (kind === 'number') return numberFrom(text)
  return kind === 'names' ? text.split(',').map((name) => name.trim()) : text
}

function put(target: Record<string, unknown>, [key, ...rest]: string[], value: unknown): void {
  if (key === undefined) return
  if (rest.length === 0) {
    target[key] = value
    return
  }
  const inner = (target[key] ?? {}) as Record<string, unknown>
  target[key] = inner
  put(inner, rest, value)
}
