import { z } from 'zod'
import { activationDefinition } from './activation'
import { datasetSchema } from './dataset'
import { empiricalKernelsSchema } from './empirical-kernels'
import { networkDesignSchema, networkLayers, type NetworkDesign } from './network'
import { lossSchema, optimiserSchema, type Loss, type Optimiser } from './optimiser'
import { finiteNumber, positiveNumber } from './parameters'
import { surrogateSchema, type Surrogate } from './surrogate'

/** A parameter that an experiment can sweep besides the width. */
export const sweepParameters = {
  'activation.m': 'm of the activation',
  'surrogate.m': 'm of the surrogate',
  sigmaW: 'σ_w',
  sigmaB: 'σ_b',
  depthHidden: 'hidden layers',
  outputScale: 'κ'
} as const
export type SweepParameter = keyof typeof sweepParameters

const sweepSchema = z.strictObject({
  parameter: z.enum(Object.keys(sweepParameters) as [SweepParameter, ...SweepParameter[]]),
  values: z.array(finiteNumber).min(1).max(50)
})

const experimentShape = z.strictObject({
  name: z.string().min(1, 'give the experiment a name').max(200),
  description: z.string().max(4000).default(''),
  data: datasetSchema,
  design: networkDesignSchema,
  /** null: train with the true derivative. */
  surrogate: surrogateSchema.nullable(),
  widths: z.array(z.int().min(1).max(20_000)).min(1).max(20),
  sweep: sweepSchema.nullable().default(null),
  /** Networks per ensemble. */
  ensembleSize: z.int().min(2, 'an ensemble needs at least 2 networks').max(10_000),
  /** Training steps. */
  steps: z.int().min(0).max(10_000_000),
  optimiser: optimiserSchema.default({ kind: 'gd' }),
  learningRate: positiveNumber,
  loss: lossSchema.default('mse'),
  /** The loss is the sum over points and outputs, or the mean: over points alone for crossEntropy. */
  lossReduction: z.enum(['sum', 'mean']),
  /** How many steps are recorded besides 0 and the last, and how they are spaced. */
  recordCount: z.int().min(0).max(500).default(40),
  recordSpacing: z.enum(['log', 'linear']).default('log'),
  empiricalKernels: empiricalKernelsSchema.prefault({}),
  seed: z.int().min(0).max(0xffffffff)
})

/** Everything that determines an experiment's results. */
export const experimentSchema = experimentShape.superRefine((experiment, context) => {
  const { design, surrogate, sweep } = experiment
  const complain = (path: string[], message: string): void => {
    context.addIssue({ code: 'custom', path, message })
  }
  const untrainable = networkLayers(design, surrogate).hidden.find(
    (layer) => layer.surrogate === null && activationDefinition(layer.activation.name).isStep
  )
  if (untrainable) {
    complain(
      ['surrogate'],
      `${untrainable.activation.name} has derivative zero almost everywhere, so nothing below ` +
        'would train: choose a surrogate derivative'
    )
  }
  const { at, standIn } = experiment.empiricalKernels
  const step = networkLayers(design, surrogate).hidden.find(
    (layer) => activationDefinition(layer.activation.name).isStep
  )
  if (at !== 'none' && step && standIn === null) {
    complain(
      ['empiricalKernels', 'standIn'],
      `the kernels of finite ${step.activation.name} networks contain their last layer only: ` +
        'state a smooth one in its place, such as {"name": "erf", "m": 20}'
    )
  }
  if (at !== 'none' && design.parametrisation !== 'ntk') {
    const message = 'kernels of finite networks are those of ntk parametrisation: record none'
    complain(['empiricalKernels', 'at'], message)
  }
  if (sweep?.parameter === 'activation.m' && design.activation.name !== 'erf') {
    complain(['sweep'], `activation ${design.activation.name} has no m to sweep: use erf`)
  }
  if (sweep?.parameter === 'surrogate.m' && surrogate?.name !== 'erf_prime') {
    complain(['sweep'], 'only the surrogate erf_prime has an m to sweep')
  }
  sweep?.values.forEach((value, i) => {
    const parsed = networkDesignSchema.safeParse(
      applySweep(experiment, sweep.parameter, value).design
    )
    const problem = parsed.error?.issues[0]
    if (problem) complain(['sweep', 'values', String(i)], `${value}: ${problem.message}`)
    else if (sweep.parameter === 'surrogate.m' && value <= 0) {
      complain(['sweep', 'values', String(i)], `${value}: must be above 0`)
    }
  })
})
export type Experiment = z.infer<typeof experimentSchema>

/** The design and surrogate of one point of a sweep: predictions depend on nothing else. */
export interface Condition {
  readonly design: NetworkDesign
  readonly surrogate: Surrogate | null
  /** The swept value, null without a sweep. */
  readonly sweepValue: number | null
}

/** The conditions of an experiment, in the sweep's order; one where nothing is swept. */
export function conditions(experiment: Experiment): Condition[] {
  const { design, surrogate, sweep } = experiment
  if (sweep === null) return [{ design, surrogate, sweepValue: null }]
  return sweep.values.map((value) => applySweep(experiment, sweep.parameter, value))
}

/** How a condition is named in figures and tables, such as "m of the activation = 5". */
export function conditionLabel(experiment: Experiment, condition: Condition): string {
  if (experiment.sweep === null || condition.sweepValue === null) return ''
  return `${sweepParameters[experiment.sweep.parameter]} = ${condition.sweepValue}`
}

function applySweep(
  { design, surrogate }: { design: NetworkDesign; surrogate: Surrogate | null },
  parameter: SweepParameter,
  value: number
): Condition {
  switch (parameter) {
    case 'activation.m': {
      const activation = { ...design.activation, m: value } as NetworkDesign['activation']
      return { design: { ...design, activation }, surrogate, sweepValue: value }
    }
    case 'surrogate.m': {
      const swept = surrogate && ({ ...surrogate, m: value } as Surrogate)
      return { design, surrogate: swept, sweepValue: value }
    }
    case 'sigmaW':
    case 'sigmaB':
    case 'depthHidden':
    case 'outputScale':
      return { design: { ...design, [parameter]: value }, surrogate, sweepValue: value }
  }
}

/**
 * What the loss, a sum over points and outputs, is multiplied with before it is differentiated: 1, or
 * one over the number of squared errors (cross-entropies) where the loss is a mean.
 */
export function lossFactor(
  { loss, lossReduction }: Experiment,
  points: number,
  outputs: number
): number {
  if (lossReduction === 'sum') return 1
  return 1 / (loss === 'mse' ? points * outputs : points)
}

/**
 * The step size η for the loss ½ Σ (f − y)², the convention of all theory here.
 *
 * With the loss ½ mean (the paper's code), a learning rate η_p is η = η_p / (N·k) for N training
 * points and k outputs. Training time is t = steps · η in either convention.
 */
export function stepSize(experiment: Experiment, points: number, outputs: number): number {
  return experiment.learningRate * lossFactor(experiment, points, outputs)
}

/**
 * How far steps go, as users are to read it: η, or the learning rate of Adam, whose steps do not
 * depend on the loss's scale.
 *
 * @param stepSize η of the experiment
 */
export function stepPace(
  { optimiser, learningRate }: Pick<Experiment, 'optimiser' | 'learningRate'>,
  stepSize: number
): { readonly name: string; readonly value: number } {
  return optimiser.kind === 'adam'
    ? { name: 'learning rate', value: learningRate }
    : { name: 'step size η', value: stepSize }
}

/** The choices that kernel theory here is bound to. */
export interface TrainingChoices {
  readonly optimiser: Optimiser['kind']
  readonly loss: Loss
  readonly parametrisation: NetworkDesign['parametrisation']
}

/** For every choice why kernel theory does not describe training with it, a clause; null where it does. */
export function theoryObjections({
  optimiser,
  loss,
  parametrisation
}: TrainingChoices): Record<keyof TrainingChoices, string | null> {
  const isOf = (described: string): string => `kernel theory is that of ${described}`
  return {
    optimiser: optimiser === 'gd' ? null : isOf(`full-batch gradient descent, not ${optimiser}`),
    loss: loss === 'mse' ? null : isOf(`the loss mse, not ${loss}`),
    parametrisation:
      parametrisation === 'ntk'
        ? null
        : isOf(`networks in ntk parametrisation, not ${parametrisation}`)
  }
}

/** Why kernel theory does not describe an experiment's training, a clause; null where it does. */
export function theoryObjection({
  design: { parametrisation },
  optimiser: { kind: optimiser },
  loss
}: Pick<Experiment, 'design' | 'optimiser' | 'loss'>): string | null {
  const objections = theoryObjections({ optimiser, loss, parametrisation })
  return objections.optimiser ?? objections.loss ?? objections.parametrisation
}

/** The steps at which networks are recorded: 0, the last, and `recordCount` between. */
export function recordedSteps({ steps, recordCount, recordSpacing }: Experiment): number[] {
  const chosen = new Set([0, steps])
  for (let i = 0; i < recordCount; i++) {
    const share = (i + 1) / (recordCount + 1)
    chosen.add(Math.round(recordSpacing === 'log' ? steps ** share : steps * share))
  }
  return [...chosen].filter((step) => step <= steps).sort((a, b) => a - b)
}
