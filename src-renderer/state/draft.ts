import { z } from 'zod'
import { activationDefinition, type ActivationName } from '@shared/design/activation'
import { isTabular, makeDataset, type DatasetSpec } from '@shared/design/dataset'
import type { EmpiricalKernels } from '@shared/design/empirical-kernels'
import { experimentSchema, type Experiment, type SweepParameter } from '@shared/design/experiment'
import type { NetworkDesign } from '@shared/design/network'
import { surrogateDefinition, type SurrogateName } from '@shared/design/surrogate'
import { LabError } from '@shared/protocol/errors'

type OtherData = Exclude<DatasetSpec, { kind: 'circle' }>

/** An experiment as the form holds it: numbers are texts, which may be half typed. */
export interface Draft {
  readonly name: string
  readonly description: string
  readonly activation: ActivationName
  readonly activationParameters: Readonly<Record<string, string>>
  /** '' trains with the true derivative. */
  readonly surrogate: SurrogateName | ''
  readonly surrogateParameters: Readonly<Record<string, string>>
  readonly depthHidden: string
  readonly sigmaW: string
  readonly sigmaB: string
  readonly outputScale: string
  /** Kept as they are: the form has no fields for them. */
  readonly layers: NetworkDesign['layers']
  readonly parametrisation: NetworkDesign['parametrisation']
  readonly empiricalKernels: EmpiricalKernels
  readonly optimiser: Experiment['optimiser']
  readonly loss: Experiment['loss']
  readonly recordSpacing: Experiment['recordSpacing']
  /** Data that the form has no fields for, kept as they are; null for the circle. */
  readonly otherData: OtherData | null
  readonly trainFrom: 'grid' | 'test'
  readonly trainCount: string
  readonly testCount: string
  readonly dataSeed: string
  readonly widths: string
  /** '' sweeps nothing besides the width. */
  readonly sweepParameter: SweepParameter | ''
  readonly sweepValues: string
  readonly ensembleSize: string
  readonly steps: string
  readonly learningRate: string
  readonly lossReduction: 'sum' | 'mean'
  readonly recordCount: string
  readonly seed: string
}

/** What a draft amounts to: an experiment, or what is wrong with it by place. */
export interface DraftCheck {
  readonly experiment: Experiment | null
  /** Messages by the experiment's path, such as 'design.sigmaW'. */
  readonly problems: ReadonlyMap<string, string>
}

/** Before there is a draft. */
export const nothingChecked: DraftCheck = { experiment: null, problems: new Map() }

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
export function surrogateParameters(name: SurrogateName | ''): ParameterField[] {
  return name === '' ? [] : parametersOf(surrogateDefinition(name).schema)
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

/** The draft with another activation; parameters of the same name keep their values. */
export function withActivation(draft: Draft, name: ActivationName): Draft {
  const kept = keptParameters(activationParameters(name), draft.activationParameters)
  return { ...draft, activation: name, activationParameters: kept }
}

/** The draft with another surrogate derivative, or the true one. */
export function withSurrogate(draft: Draft, name: SurrogateName | ''): Draft {
  const kept = keptParameters(surrogateParameters(name), draft.surrogateParameters)
  return { ...draft, surrogate: name, surrogateParameters: kept }
}

function keptParameters(
  fields: readonly ParameterField[],
  before: Readonly<Record<string, string>>
): Record<string, string> {
  return Object.fromEntries(fields.map(({ key, initial }) => [key, before[key] ?? initial]))
}

const circleDefaults = { trainFrom: 'test', trainCount: 15, testCount: 100, seed: 0 } as const

/** An experiment laid out for editing. */
export function draftFromExperiment(experiment: Experiment): Draft {
  const { design, surrogate, data, sweep } = experiment
  const circle = data.kind === 'circle' ? data : circleDefaults
  return {
    name: experiment.name,
    description: experiment.description,
    activation: design.activation.name,
    activationParameters: parameterTexts(design.activation),
    surrogate: surrogate?.name ?? '',
    surrogateParameters: surrogate ? parameterTexts(surrogate) : {},
    depthHidden: String(design.depthHidden),
    sigmaW: String(design.sigmaW),
    sigmaB: String(design.sigmaB),
    outputScale: String(design.outputScale),
    layers: design.layers,
    parametrisation: design.parametrisation,
    empiricalKernels: experiment.empiricalKernels,
    optimiser: experiment.optimiser,
    loss: experiment.loss,
    recordSpacing: experiment.recordSpacing,
    otherData: data.kind === 'circle' ? null : data,
    trainFrom: circle.trainFrom,
    trainCount: String(circle.trainCount),
    testCount: String(circle.testCount),
    dataSeed: String(circle.seed),
    widths: experiment.widths.join(', '),
    sweepParameter: sweep?.parameter ?? '',
    sweepValues: sweep?.values.join(', ') ?? '',
    ensembleSize: String(experiment.ensembleSize),
    steps: String(experiment.steps),
    learningRate: String(experiment.learningRate),
    lossReduction: experiment.lossReduction,
    recordCount: String(experiment.recordCount),
    seed: String(experiment.seed)
  }
}

/** The parameters of an activation or surrogate as texts. */
export function parameterTexts(stated: object): Record<string, string> {
  const parameters = Object.entries(stated).filter(([key]) => key !== 'name')
  return Object.fromEntries(parameters.map(([key, value]) => [key, String(value)]))
}

/** The experiment that a draft states, checked by the schema that the engine checks with. */
export function checkDraft(draft: Draft): DraftCheck {
  const parsed = experimentSchema.safeParse(candidate(draft))
  if (!parsed.success) return { experiment: null, problems: problemsByPlace(parsed.error) }
  try {
    // Rows of bundled and stored data are the engine's: it checks those when it forecasts.
    if (!isTabular(parsed.data.data)) makeDataset(parsed.data.data)
  } catch (problem) {
    if (!(problem instanceof LabError)) throw problem
    return { experiment: null, problems: new Map([['data.trainCount', problem.message]]) }
  }
  return { experiment: parsed.data, problems: new Map() }
}

function candidate(draft: Draft): unknown {
  return {
    name: draft.name.trim(),
    description: draft.description,
    data: draft.otherData ?? {
      kind: 'circle',
      trainFrom: draft.trainFrom,
      trainCount: numberFrom(draft.trainCount),
      testCount: numberFrom(draft.testCount),
      seed: numberFrom(draft.dataSeed)
    },
    design: {
      depthHidden: numberFrom(draft.depthHidden),
      activation: {
        name: draft.activation,
        ...valuesFrom(activationParameters(draft.activation), draft.activationParameters)
      },
      sigmaW: numberFrom(draft.sigmaW),
      sigmaB: numberFrom(draft.sigmaB),
      outputScale: numberFrom(draft.outputScale),
      layers: draft.layers,
      parametrisation: draft.parametrisation
    },
    surrogate:
      draft.surrogate === '' ? null : statedSurrogate(draft.surrogate, draft.surrogateParameters),
    widths: listFrom(draft.widths),
    sweep:
      draft.sweepParameter === ''
        ? null
        : { parameter: draft.sweepParameter, values: listFrom(draft.sweepValues) },
    ensembleSize: numberFrom(draft.ensembleSize),
    steps: numberFrom(draft.steps),
    learningRate: numberFrom(draft.learningRate),
    lossReduction: draft.lossReduction,
    recordCount: numberFrom(draft.recordCount),
    empiricalKernels: keptKernels(draft),
    optimiser: draft.optimiser,
    loss: draft.loss,
    recordSpacing: draft.recordSpacing,
    seed: numberFrom(draft.seed)
  }
}

/** What the texts of a surrogate's parameters state, not checked yet. */
export function statedSurrogate(
  name: SurrogateName,
  texts: Readonly<Record<string, string>>
): Record<string, number | string> {
  return { name, ...valuesFrom(surrogateParameters(name), texts) }
}

/** Step activations have no kernels of their own to record: choosing one ends a wish for them. */
function keptKernels({ activation, empiricalKernels }: Draft): Partial<EmpiricalKernels> {
  const isDegenerate = activationDefinition(activation).isStep && !empiricalKernels.standIn
  return isDegenerate ? {} : empiricalKernels
}

/** The number that a text states; NaN, which every schema refuses, where it states none. */
function numberFrom(text: string): number {
  const trimmed = text.trim().replace('−', '-')
  return trimmed === '' ? NaN : Number(trimmed)
}

/** What the texts of parameters state: numbers, but for those that are texts themselves. */
function valuesFrom(
  fields: readonly ParameterField[],
  texts: Readonly<Record<string, string>>
): Record<string, number | string> {
  const isText = (name: string): boolean => fields.some(({ key, isText }) => key === name && isText)
  const values = Object.entries(texts).map(([key, text]) => [
    key,
    isText(key) ? text : numberFrom(text)
  ])
  return Object.fromEntries(values) as Record<string, number | string>
}

function listFrom(text: string): number[] {
  return text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(numberFrom)
}

function problemsByPlace(error: z.ZodError): Map<string, string> {
  const problems = new Map<string, string>()
  for (const issue of error.issues) {
    const place = issue.path.join('.')
    if (!problems.has(place)) problems.set(place, plainMessage(issue))
  }
  return problems
}

/** The schema's own message; where it states none, the library's in plain words. */
function plainMessage(issue: z.core.$ZodIssue): string {
  if (!/^(Invalid|Too)/.test(issue.message)) return issue.message
  if (issue.code === 'too_small') {
    if (issue.origin === 'array') return 'enter at least one number'
    return `must be at least ${String(issue.minimum)}`
  }
  if (issue.code === 'too_big') {
    const things =
      issue.origin === 'array' ? ' numbers' : issue.origin === 'string' ? ' characters' : ''
    return `must be at most ${String(issue.maximum)}${things}`
  }
  if (issue.code === 'invalid_type' && issue.expected === 'int') return 'must be a whole number'
  return 'must be a number'
}

/** The first message at a place or, with `within`, at anything below it. */
export function problemAt(
  problems: ReadonlyMap<string, string>,
  place: string,
  within = false
): string | null {
  const exact = problems.get(place)
  if (exact !== undefined || !within) return exact ?? null
  for (const [path, message] of problems) {
    if (path.startsWith(`${place}.`)) return message
  }
  return null
}
