import type { Dataset } from '../design/dataset'
import { theoryObjection, type Experiment } from '../design/experiment'
import {
  figureSourceSchema,
  mostOverlaid,
  type FigureKind,
  type FigureSource
} from './figure-source'

/** What decides which figures a run's data allow. */
export interface RunFacts {
  readonly experiment: Experiment
  /** Recorded steps. */
  readonly records: number
  readonly ensembles: number
  readonly inputs: number
  readonly hasClasses: boolean
}

/** One kind of figure as it is offered. */
export interface FigureKindDefinition {
  readonly title: string
  /** What it shows and how to read it, in a few sentences. */
  readonly about: string
  /** The equation behind it, TeX; null where there is none. */
  readonly formula: string | null
  /** Of one ensemble, of a whole run, of several ensembles, or of several runs. */
  readonly of: 'ensemble' | 'run' | 'several' | 'runs'
  /** It changes with the recorded step. */
  readonly atStep: boolean
  /** Why a run has no such figure, a clause; null where it has. */
  readonly objection: (facts: RunFacts) => string | null
}

const always = (): null => null
const predicted = ({ experiment }: RunFacts): string | null => theoryObjection(experiment)
const kernelsRecorded = ({ experiment }: RunFacts): string | null =>
  experiment.empiricalKernels.at === 'none'
    ? 'the run did not record the kernels of its networks (empiricalKernels)'
    : null
const severalWidths = ({ experiment }: RunFacts): string | null =>
  experiment.widths.length < 2 ? 'the run has one width only' : null
const severalEnsembles = ({ ensembles }: RunFacts): string | null =>
  ensembles < 2 ? 'the run has one ensemble only' : null
const classified = ({ hasClasses }: RunFacts): string | null =>
  hasClasses ? null : 'the data have no classes'
const inPlane = ({ inputs }: RunFacts): string | null =>
  inputs === 2 ? null : 'the data do not have two inputs'
const several =
  (...objections: ((facts: RunFacts) => string | null)[]) =>
  (facts: RunFacts): string | null =>
    objections.map((objection) => objection(facts)).find((one) => one !== null) ?? null

/** Every kind of figure of the lab, in the order in which they are offered. */
export const figureKinds: Readonly<Record<FigureKind, FigureKindDefinition>> = {
  function: {
    title: 'Functions',
    about:
      'Outputs of the networks over the data’s coordinate: members faint, their mean solid; dashed the mean that theory ' +
      'predicts at the same step, with the band in which 95 % of networks are expected. Dotted is what training the last ' +
      'layer alone would give (regression with the NNGP kernel).',
    formula: String.raw`f_k = f_0 - K(\cdot,X)\,K^{-1}\bigl(1-(1-\eta K)^k\bigr)(f_0(X)-y)`,
    of: 'ensemble',
    atStep: true,
    objection: always
  },
  functions: {
    title: 'Functions, all widths',
    about:
      'The functions of all widths (columns) and conditions (rows) side by side: with the width, the ensemble approaches what ' +
      'is predicted for infinitely wide networks. Figure 3 of the paper.',
    formula: null,
    of: 'run',
    atStep: true,
    objection: severalEnsembles
  },
  overlay: {
    title: 'Overlay',
    about:
      'Ensembles of one or several runs over one another: means solid, what is predicted of each dashed in its colour.',
    formula: null,
    of: 'several',
    atStep: true,
    objection: severalEnsembles
  },
  loss: {
    title: 'Loss',
    about:
      'Training loss against the steps, both logarithmic: the mean over networks, the range of 90 % of them, and dashed the ' +
      'expected loss of the predicted Gaussian process, whose variance counts too.',
    formula: String.raw`\tfrac12\sum_i\bigl[(\mu_k(x_i)-y_i)^2+\sigma_k^2(x_i)\bigr]`,
    of: 'ensemble',
    atStep: false,
    objection: always
  },
  'losses-overlay': {
    title: 'Losses, overlay',
    about:
      'Training losses of ensembles of one or several runs over one another: means solid, with the range of 90 % of networks, ' +
      'what is predicted of each dashed in its colour.',
    formula: null,
    of: 'several',
    atStep: false,
    objection: severalEnsembles
  },
  results: {
    title: 'Results and parameters',
    about:
      'A result of ensembles against a parameter: the mean over ensembles that differ by their seed, with its 95 % confidence ' +
      'interval. Ensembles of the same configuration and seed count once.',
    formula: String.raw`\bar x \pm t_{0.975,\,n-1}\, s / \sqrt{n}`,
    of: 'runs',
    atStep: false,
    objection: always
  },
  'kernel-errors': {
    title: 'Kernel error and width, pooled',
    about:
      'Mean squared error of the networks’ kernels against the analytic one, by width, over the networks of all runs: means with ' +
      '95 % intervals, and fitted power laws. Runs that recorded no kernels are left out.',
    formula: String.raw`\overline{(K_e-K)^2}\propto n^{-1}`,
    of: 'runs',
    atStep: false,
    objection: several(predicted, kernelsRecorded)
  },
  losses: {
    title: 'Losses, all widths',
    about:
      'Training losses of all widths in one panel a condition, with the predicted loss dashed.',
    formula: null,
    of: 'run',
    atStep: false,
    objection: severalEnsembles
  },
  'kernel-slices': {
    title: 'Kernel slices',
    about:
      'The kernel between one training point and all test points: of single networks before and after training (faint), of ' +
      'their mean, and dashed the analytic one. Wide networks have the analytic kernel and keep it. Figures 1 and 2 of the paper.',
    formula: String.raw`K(x,x')=\partial_\theta f(x)\cdot\tilde\partial_\theta f(x')`,
    of: 'run',
    atStep: false,
    objection: kernelsRecorded
  },
  'kernel-map': {
    title: 'Kernel',
    about:
      'The whole kernel between test points (rows, true derivative) and training points (columns, surrogate): analytic, the mean ' +
      'of the networks where they recorded theirs, and the difference.',
    formula: null,
    of: 'ensemble',
    atStep: true,
    objection: (facts) => (predicted(facts) === null ? null : kernelsRecorded(facts))
  },
  'kernel-error': {
    title: 'Kernel error and width',
    about:
      'Mean squared error of the networks’ kernels against the analytic one, by width: single networks thin, their mean thick, ' +
      'and a fitted power law. Theory says that single networks scatter with the variance 1/n.',
    formula: String.raw`\overline{(K_e-K)^2}\propto n^{-1}`,
    of: 'run',
    atStep: false,
    objection: several(predicted, kernelsRecorded, severalWidths)
  },
  'kernel-drift': {
    title: 'Kernel drift',
    about:
      'How far the kernels of the networks moved in training, relative to where they started. Theory takes them to stand still, ' +
      'which is the better the wider the networks.',
    formula: String.raw`\lVert K_t-K_0\rVert/\lVert K_0\rVert`,
    of: 'run',
    atStep: false,
    objection: several(kernelsRecorded, ({ records }) =>
      records < 2 ? 'one step only is recorded' : null
    )
  },
  spectrum: {
    title: 'Spectrum',
    about:
      'Eigenvalues of the analytic kernel at the training points. The SG-NTK is not symmetric: they can come in complex pairs, ' +
      'and one with a negative real part would grow in training instead of being learned.',
    formula: String.raw`\lvert1-\eta\lambda\rvert<1`,
    of: 'run',
    atStep: false,
    objection: predicted
  },
  'z-scores': {
    title: 'z-scores',
    about:
      'Difference between the ensemble’s mean and its prediction in standard errors, over coordinate and training time. Between ' +
      '±2 is agreement within what so many networks can tell; neighbouring points are correlated.',
    formula: String.raw`z=\frac{\bar f-\mu}{s/\sqrt n}`,
    of: 'ensemble',
    atStep: false,
    objection: predicted
  },
  calibration: {
    title: 'Calibration',
    about:
      'Outputs of all networks at all test points in predicted standard deviations, by quantiles against the normal distribution, ' +
      'and how many lie inside central intervals. On the diagonal the predicted spread is that of the networks.',
    formula: String.raw`(f-\mu)/\sigma\sim\mathcal N(0,1)`,
    of: 'ensemble',
    atStep: true,
    objection: predicted
  },
  'residual-modes': {
    title: 'Residuals by mode',
    about:
      'What is left to learn of the training points along the left eigenvectors of the analytic kernel, each of which shrinks by ' +
      'itself. A complex pair is one mode. Dashed what is predicted; networks level off where chance takes over.',
    formula: String.raw`w^{\mathsf T}(f_k-y)=(1-\eta\lambda)^k\,w^{\mathsf T}(f_0-y)`,
    of: 'ensemble',
    atStep: false,
    objection: predicted
  },
  'weight-movement': {
    title: 'Weight movement',
    about:
      'How far the weights of every layer moved from where they started, with the range of 90 % of networks. In wide networks ' +
      'they hardly move at all, and still learn.',
    formula: String.raw`\lVert W-W_0\rVert/\lVert W_0\rVert`,
    of: 'run',
    atStep: false,
    objection: always
  },
  confusion: {
    title: 'Confusion',
    about:
      'Classes that the mean of the networks decides, against the true ones, those that theory predicts and, where it exists, the ' +
      'limit of infinitely sharp steps, a Nadaraya–Watson classifier.',
    formula: null,
    of: 'ensemble',
    atStep: true,
    objection: classified
  },
  'decision-map': {
    title: 'Map of the plane',
    about:
      'The predicted mean all over the plane of the two inputs, with the training points. Test points at which the mean of the ' +
      'networks decides another class are marked.',
    formula: null,
    of: 'ensemble',
    atStep: true,
    objection: several(predicted, inPlane)
  }
}

/** In the order in which they are offered. */
export const figureKindNames = Object.keys(figureKinds) as FigureKind[]

/** Those of which one run is enough. */
export const runFigureKinds = figureKindNames.filter((kind) => figureKinds[kind].of !== 'runs')

/** The source of a figure of a run as it is first shown. */
export function figureSource(
  kind: FigureKind,
  runId: string,
  ensembleIndex: number,
  step: number | null
): FigureSource {
  const { of, atStep } = figureKinds[kind]
  const shown = {
    runs: { runIds: [runId] },
    several: { ensembles: [{ runId, ensembleIndex }] },
    run: { runId },
    ensemble: { runId, ensembleIndex }
  }[of]
  return figureSourceSchema.parse({ kind, ...shown, ...(atStep ? { step } : {}) })
}

/**
 * The figures of one kind that show all of a run, at its last recorded step: one for each ensemble, or one
 * for all of them.
 *
 * @param ensembleIndices of the finished ensembles
 */
export function figureSourcesOf(
  kind: FigureKind,
  runId: string,
  ensembleIndices: readonly number[]
): FigureSource[] {
  const [first = 0] = ensembleIndices
  switch (figureKinds[kind].of) {
    case 'ensemble':
      return ensembleIndices.map((index) => figureSource(kind, runId, index, null))
    case 'run':
    case 'runs':
      return [figureSource(kind, runId, first, null)]
    case 'several': {
      const ensembles = ensembleIndices
        .slice(0, mostOverlaid)
        .map((ensembleIndex) => ({ runId, ensembleIndex }))
      return [figureSourceSchema.parse({ kind, ensembles })]
    }
  }
}

/** What a run's data allow, from its experiment and data. */
export function runFacts(
  run: { readonly experiment: Experiment; readonly recordedSteps: readonly number[] },
  ensembles: number,
  data: Pick<Dataset, 'trainInputs' | 'classes'>
): RunFacts {
  return {
    experiment: run.experiment,
    records: run.recordedSteps.length,
    ensembles,
    inputs: data.trainInputs.columns,
    hasClasses: data.classes !== undefined
  }
}
