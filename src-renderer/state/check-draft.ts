import type { z } from 'zod'
import { batchSizeProblem, lossProblem } from '@shared/design/check-training'
import { isTabular, makeDataset } from '@shared/design/dataset'
import { experimentSchema, type Experiment } from '@shared/design/experiment'
import { LabError } from '@shared/protocol/errors'
import type { AffineDraft, Draft, KernelsDraft, LayerDraft, OptimiserDraft } from './draft'
import { statedActivation, statedSurrogate } from './function-draft'
import { listFrom, numberFrom } from './typed-numbers'

/** What a draft amounts to: an experiment, or what is wrong with it by place. */
export interface DraftCheck {
  readonly experiment: Experiment | null
  /** Messages by the experiment's path, such as 'design.sigmaW'. */
  readonly problems: ReadonlyMap<string, string>
}

/** Before there is a draft. */
export const nothingChecked: DraftCheck = { experiment: null, problems: new Map() }

/** The experiment that a draft states, checked by the schema that the engine checks with. */
export function checkDraft(draft: Draft): DraftCheck {
  return checkExperiment(statedExperiment(draft))
}

/** What is wrong with something that is to be an experiment, if anything is. */
export function checkExperiment(stated: unknown): DraftCheck {
  const parsed = experimentSchema.safeParse(stated)
  if (!parsed.success) return { experiment: null, problems: problemsByPlace(parsed.error) }
  const problem = dataProblem(parsed.data)
  return problem === null
    ? { experiment: parsed.data, problems: new Map() }
    : { experiment: null, problems: new Map([problem]) }
}

/** What of an experiment does not suit its data, with its place; null where all does. */
function dataProblem(experiment: Experiment): [place: string, message: string] | null {
  const { data, optimiser, loss } = experiment
  // Rows of bundled and stored data are the engine's: it checks those when it forecasts.
  if (isTabular(data)) return null
  try {
    const { trainTargets } = makeDataset(data)
    const batch = batchSizeProblem(optimiser, trainTargets.rows)
    if (batch !== null) return ['optimiser.batchSize', batch]
    const targets = lossProblem(loss, trainTargets)
    return targets === null ? null : ['loss', targets]
  } catch (problem) {
    if (!(problem instanceof LabError)) throw problem
    return ['data.trainCount', problem.message]
  }
}

/** What a draft states, not checked yet; NaN where a text is no number. */
export function statedExperiment(draft: Draft): unknown {
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
      activation: statedActivation(draft.activation),
      sigmaW: numberFrom(draft.sigmaW),
      sigmaB: numberFrom(draft.sigmaB),
      outputScale: numberFrom(draft.outputScale),
      layers: statedLayers(draft),
      parametrisation: draft.parametrisation
    },
    surrogate: draft.surrogate && statedSurrogate(draft.surrogate),
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
    empiricalKernels: statedKernels(draft.empiricalKernels),
    optimiser: statedOptimiser(draft.optimiser),
    loss: draft.loss,
    recordSpacing: draft.recordSpacing,
    seed: numberFrom(draft.seed)
  }
}

/** Layer by layer what differs from the network; undefined where nothing does. */
function statedLayers({ layers, output }: Draft): unknown {
  const stated = [...layers.map(statedLayer), statedAffine(output)]
  return stated.some((layer) => Object.keys(layer).length > 0) ? stated : undefined
}

function statedLayer(layer: LayerDraft): object {
  return {
    ...statedAffine(layer),
    ...(layer.activation && { activation: statedActivation(layer.activation) }),
    ...(layer.surrogate && { surrogate: statedSurrogate(layer.surrogate) })
  }
}

function statedAffine({ sigmaW, sigmaB }: AffineDraft): object {
  return {
    ...(sigmaW.trim() !== '' && { sigmaW: numberFrom(sigmaW) }),
    ...(sigmaB.trim() !== '' && { sigmaB: numberFrom(sigmaB) })
  }
}

function statedOptimiser(draft: OptimiserDraft): object {
  const { kind, nesterov } = draft
  const batchSize = draft.batchSize.trim() === '' ? null : numberFrom(draft.batchSize)
  switch (kind) {
    case 'gd':
      return { kind }
    case 'sgd':
      return { kind, batchSize }
    case 'momentum':
      return { kind, beta: numberFrom(draft.beta), nesterov, batchSize }
    case 'adam':
      return {
        ...{ kind, batchSize },
        beta1: numberFrom(draft.beta1),
        beta2: numberFrom(draft.beta2),
        epsilon: numberFrom(draft.epsilon)
      }
  }
}

function statedKernels({ at, members, standIn }: KernelsDraft): object {
  return {
    at,
    members: numberFrom(members),
    standIn: standIn.trim() === '' ? null : { name: 'erf', m: numberFrom(standIn) }
  }
}

/** The first message at every place that a schema finds wrong. */
export function problemsByPlace(error: z.ZodError): Map<string, string> {
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
  const isNumber = issue.code === 'invalid_type' && issue.expected === 'number'
  return isNumber ? 'must be a number' : issue.message
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
