import { activationDefinition, type ActivationName } from '@shared/design/activation'
import type { DatasetSpec } from '@shared/design/dataset'
import type { EmpiricalKernels } from '@shared/design/empirical-kernels'
import type { Experiment, SweepParameter } from '@shared/design/experiment'
import type { NetworkDesign } from '@shared/design/network'
import type { Optimiser } from '@shared/design/optimiser'
import type { SurrogateName } from '@shared/design/surrogate'
import {
  activationDraft,
  functionDraft,
  surrogateDraft,
  type ActivationDraft,
  type SurrogateDraft
} from './function-draft'
import { numberFrom } from './typed-numbers'

type OtherData = Exclude<DatasetSpec, { kind: 'circle' }>

/** σ_w and σ_b of one affine map, '' where they are those of the whole network. */
export interface AffineDraft {
  readonly sigmaW: string
  readonly sigmaB: string
}

/** What a hidden layer has of its own; '' and null stand for what the whole network has. */
export interface LayerDraft extends AffineDraft {
  /** Stays the same while layers change places. */
  readonly id: string
  readonly activation: ActivationDraft | null
  readonly surrogate: SurrogateDraft | null
}

/** The parameters of all optimisers; those that the chosen one has not are kept for the next. */
export interface OptimiserDraft {
  readonly kind: Optimiser['kind']
  /** '' for all training points at every step. */
  readonly batchSize: string
  readonly beta: string
  readonly nesterov: boolean
  readonly beta1: string
  readonly beta2: string
  readonly epsilon: string
}

/** The kernels of trained networks that a run records. */
export interface KernelsDraft {
  readonly at: EmpiricalKernels['at']
  readonly members: string
  /** m of the erf that stands in for step activations; '' for nothing. */
  readonly standIn: string
}

/** An experiment as the form holds it: numbers are texts, which may be half typed. */
export interface Draft {
  readonly name: string
  readonly description: string
  /** Of every layer that has none of its own. */
  readonly activation: ActivationDraft
  /** null trains with the true derivative. */
  readonly surrogate: SurrogateDraft | null
  readonly depthHidden: string
  readonly sigmaW: string
  readonly sigmaB: string
  readonly outputScale: string
  /** The hidden layers, from input to output; as many as depthHidden, where that is a number. */
  readonly layers: readonly LayerDraft[]
  /** The affine map to the output. */
  readonly output: AffineDraft
  readonly parametrisation: NetworkDesign['parametrisation']
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
  readonly optimiser: OptimiserDraft
  readonly learningRate: string
  readonly loss: Experiment['loss']
  readonly lossReduction: Experiment['lossReduction']
  readonly recordCount: string
  readonly recordSpacing: Experiment['recordSpacing']
  readonly empiricalKernels: KernelsDraft
  readonly seed: string
}

/** An affine map like that of the whole network. */
const affineLikeNetwork: AffineDraft = { sigmaW: '', sigmaB: '' }

/** A hidden layer like the whole network. */
export function layerLikeNetwork(): LayerDraft {
  return { ...affineLikeNetwork, id: crypto.randomUUID(), activation: null, surrogate: null }
}

/** The draft with another activation; parameters of the same name keep their values. */
export function withActivation(draft: Draft, name: ActivationName): Draft {
  return withoutDegenerateKernels({
    ...draft,
    activation: activationDraft(name, draft.activation.parameters)
  })
}

/** The draft with another surrogate derivative, or with '' the true one. */
export function withSurrogate(draft: Draft, name: SurrogateName | ''): Draft {
  const before = draft.surrogate?.parameters
  return { ...draft, surrogate: name === '' ? null : surrogateDraft(name, before) }
}

/** The draft with another optimiser; sgd needs a number of points per step. */
export function withOptimiser(draft: Draft, kind: Optimiser['kind']): Draft {
  const { optimiser } = draft
  const batchSize = kind === 'sgd' && optimiser.batchSize === '' ? '5' : optimiser.batchSize
  return { ...draft, optimiser: { ...optimiser, kind, batchSize } }
}

/** The draft with a number of hidden layers as it is typed; a layer more is like the network. */
export function withDepth(draft: Draft, depthHidden: string): Draft {
  const depth = numberFrom(depthHidden)
  if (!Number.isInteger(depth) || depth < 1 || depth > 50) return { ...draft, depthHidden }
  const layers = Array.from({ length: depth }, (_, l) => draft.layers[l] ?? layerLikeNetwork())
  return { ...draft, depthHidden, layers }
}

/** Whether a hidden layer of the draft has a step activation. */
export function hasStepLayer({ activation, layers }: Draft): boolean {
  return layers.some((layer) => activationDefinition((layer.activation ?? activation).name).isStep)
}

/** Step activations have no kernels of their own to record: choosing one ends a wish for them. */
export function withoutDegenerateKernels(draft: Draft): Draft {
  const { empiricalKernels } = draft
  if (empiricalKernels.standIn !== '' || !hasStepLayer(draft)) return draft
  return { ...draft, empiricalKernels: { ...empiricalKernels, at: 'none' } }
}

const circleDefaults = { trainFrom: 'test', trainCount: 15, testCount: 100, seed: 0 } as const

/** The draft with other data. */
export function withData(draft: Draft, data: DatasetSpec): Draft {
  return { ...draft, ...dataFields(data) }
}

function dataFields(data: DatasetSpec) {
  const circle = data.kind === 'circle' ? data : circleDefaults
  return {
    otherData: data.kind === 'circle' ? null : data,
    trainFrom: circle.trainFrom,
    trainCount: String(circle.trainCount),
    testCount: String(circle.testCount),
    dataSeed: String(circle.seed)
  }
}

/** An experiment laid out for editing. */
export function draftFromExperiment(experiment: Experiment): Draft {
  const { design, surrogate, data, sweep, empiricalKernels } = experiment
  return {
    ...dataFields(data),
    name: experiment.name,
    description: experiment.description,
    activation: functionDraft(design.activation),
    surrogate: surrogate && functionDraft(surrogate),
    depthHidden: String(design.depthHidden),
    sigmaW: String(design.sigmaW),
    sigmaB: String(design.sigmaB),
    outputScale: String(design.outputScale),
    layers: Array.from({ length: design.depthHidden }, (_, l) => layerDraft(design.layers?.[l])),
    output: affineDraft(design.layers?.[design.depthHidden]),
    parametrisation: design.parametrisation,
    widths: experiment.widths.join(', '),
    sweepParameter: sweep?.parameter ?? '',
    sweepValues: sweep?.values.join(', ') ?? '',
    ensembleSize: String(experiment.ensembleSize),
    steps: String(experiment.steps),
    optimiser: optimiserDraft(experiment.optimiser),
    learningRate: String(experiment.learningRate),
    loss: experiment.loss,
    lossReduction: experiment.lossReduction,
    recordCount: String(experiment.recordCount),
    recordSpacing: experiment.recordSpacing,
    empiricalKernels: {
      at: empiricalKernels.at,
      members: String(empiricalKernels.members),
      standIn: textOf(empiricalKernels.standIn?.m)
    },
    seed: String(experiment.seed)
  }
}

type LayerOverrides = NonNullable<NetworkDesign['layers']>[number]

function affineDraft({ sigmaW, sigmaB }: LayerOverrides = {}): AffineDraft {
  return { sigmaW: textOf(sigmaW), sigmaB: textOf(sigmaB) }
}

function layerDraft(overrides: LayerOverrides = {}): LayerDraft {
  const { activation, surrogate } = overrides
  return {
    ...layerLikeNetwork(),
    ...affineDraft(overrides),
    activation: activation ? functionDraft(activation) : null,
    surrogate: surrogate ? functionDraft(surrogate) : null
  }
}

function optimiserDraft(optimiser: Optimiser): OptimiserDraft {
  const momentum = optimiser.kind === 'momentum' ? optimiser : null
  const adam = optimiser.kind === 'adam' ? optimiser : null
  return {
    kind: optimiser.kind,
    batchSize: textOf(optimiser.kind === 'gd' ? null : optimiser.batchSize),
    beta: String(momentum?.beta ?? 0.9),
    nesterov: momentum?.nesterov ?? false,
    beta1: String(adam?.beta1 ?? 0.9),
    beta2: String(adam?.beta2 ?? 0.999),
    epsilon: String(adam?.epsilon ?? 1e-8)
  }
}

/** '' for nothing. */
function textOf(value: number | null | undefined): string {
  return String(value ?? '')
}
