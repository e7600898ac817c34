import { z } from 'zod'
import { activationDefinition, type ActivationName } from '@shared/design/activation'
import { surrogateDefinition, type SurrogateName } from '@shared/design/surrogate'
import { numberFrom } from './typed-numbers'

/** An activation or a surrogate derivative with its parameters as the user types them. */
export interface FunctionDraft<Name extends string> {
  readonly name: Name
  readonly parameters: Readonly<Record<string, string>>
}
export type ActivationDraft = FunctionDraft<ActivationName>
export type SurrogateDraft = FunctionDraft<SurrogateName>

/** One parameter of an activation or surrogate, from its schema. */
export interface ParameterField {
  readonly key: string
  readonly initial: string
  /** Its value is a text, such as a formula, not a number. */
  readonly isText: boolean
}

/** The parameters that an activation has. */
export function activationParameters(name: ActivationName): ParameterField[] {
  return parametersOf(activationDefinition(name).schema)
}

/** The parameters that a surrogate derivative has. */
export function surrogateParameters(name: SurrogateName): ParameterField[] {
  return parametersOf(surrogateDefinition(name).schema)
}

/** A formula that suits activations and surrogates alike. */
const EXAMPLE_FORMULA = 'exp(-z^2)'

function parametersOf(schema: z.ZodType): ParameterField[] {
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape as Record<string, z.ZodType>)
    .filter(([key]) => key !== 'name')
    .map(([key, parameter]) => {
      const byDefault = parameter.safeParse(undefined)
      const isText = parameter.safeParse(EXAMPLE_FORMULA).success
      // Some must be above 1.
      const initial = isText ? EXAMPLE_FORMULA : parameter.safeParse(1).success ? '1' : '2'
      return { key, initial: byDefault.success ? String(byDefault.data) : initial, isText }
    })
}

/** An activation laid out for editing; parameters of the same name keep the values that they had. */
export function activationDraft(
  name: ActivationName,
  before: FunctionDraft<string>['parameters'] = {}
): ActivationDraft {
  return { name, parameters: keptParameters(activationParameters(name), before) }
}

/** A surrogate laid out for editing; parameters of the same name keep the values that they had. */
export function surrogateDraft(
  name: SurrogateName,
  before: FunctionDraft<string>['parameters'] = {}
): SurrogateDraft {
  return { name, parameters: keptParameters(surrogateParameters(name), before) }
}

function keptParameters(
  fields: readonly ParameterField[],
  before: FunctionDraft<string>['parameters']
): Record<string, string> {
  return Object.fromEntries(fields.map(({ key, initial }) => [key, before[key] ?? initial]))
}

/** An activation or surrogate that is stated somewhere, with its parameters as texts. */
export function functionDraft<Name extends string>(stated: {
  readonly name: Name
}): FunctionDraft<Name> {
  const parameters = Object.entries(stated as Record<string, string | number>).filter(
    ([key]) => key !== 'name'
  )
  return {
    name: stated.name,
    parameters: Object.fromEntries(parameters.map(([key, value]) => [key, String(value)]))
  }
}

/** What an activation's texts state, not checked yet. */
export function statedActivation({
  name,
  parameters
}: ActivationDraft): Record<string, number | string> {
  return { name, ...valuesFrom(activationParameters(name), parameters) }
}

/** What a surrogate's texts state, not checked yet. */
export function statedSurrogate({
  name,
  parameters
}: SurrogateDraft): Record<string, number | string> {
  return { name, ...valuesFrom(surrogateParameters(name), parameters) }
}

/** What the texts of parameters state: numbers, but for those that are texts themselves. */
function valuesFrom(
  fields: readonly ParameterField[],
  texts: FunctionDraft<string>['parameters']
): Record<string, number | string> {
  const isText = (name: string): boolean => fields.some(({ key, isText }) => key === name && isText)
  const values = Object.entries(texts).map(([key, text]) => [
    key,
    isText(key) ? text : numberFrom(text)
  ])
  return Object.fromEntries(values) as Record<string, number | string>
}
