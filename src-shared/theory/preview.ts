import { activationMath } from '../design/activation'
import { makeDataset, type Dataset, type Matrix } from '../design/dataset'
import type { NetworkDesign } from '../design/network'
import { numberElementwise } from '../design/number-elementwise'
import { surrogateMath, type Surrogate } from '../design/surrogate'
import { LabError } from '../protocol/errors'
import { ensembleDeviations, type EnsembleDeviations } from './ensemble-moments'
import { kernelPieces } from './kernels'
import type { ComplexEigenvalues, LinearAlgebra } from './linear-algebra'
import { asymmetry } from './matrix-arithmetic'
import { inputSizes, type InputSizes } from './preview-data'
import { predictionKernels } from './prediction-kernels'
import { stabilityReport, type StabilityReport } from './stability'
import type { Stepwise } from './stepwise'
import { trainingDynamics } from './training-dynamics'

/** A surrogate with the name that it has in legends; null is the true derivative. */
export interface PreviewChoice {
  readonly name: string
  readonly surrogate: Surrogate | null
}

/** What theory says of a design under one choice. */
export interface ChoicePreview {
  readonly name: string
  /** ψ over `pre`, M over `deviation`; null for the true derivative. */
  readonly derivative: Float64Array | null
  readonly mean: Float64Array | null
  readonly area: number | null
  readonly valueAtZero: number | null
  /** K(x, x′) over `angle`; may be +∞ where they coincide. */
  readonly kernel: Float64Array
  /** K(x, x). */
  readonly diagonal: number
  /** Of K(X, X); null for a kernel with infinite entries. */
  readonly eigenvalues: ComplexEigenvalues | null
  readonly stability: StabilityReport | null
  /** ‖K − Kᵀ‖ / ‖K‖ at the training points given or, without any, on points of unequal norms. */
  readonly asymmetry: number
  /** The ensemble at the end of training, or why there is none. */
  readonly trained: EnsembleDeviations | { readonly problem: string }
}

/** A design's theory on some data, for every choice of surrogate. */
export interface TheoryPreview {
  /** z, where φ and every ψ are shown. */
  readonly pre: Float64Array
  readonly activation: Float64Array
  /** s of M(s). */
  readonly deviation: Float64Array
  /** Between x and x′ of the data's median size, radians. */
  readonly angle: Float64Array
  readonly data: Dataset
  readonly sizes: InputSizes
  readonly choices: readonly ChoicePreview[]
}

const GRID = 100
/** The data of the paper's Figure 3. */
const paperData = makeDataset({
  kind: 'circle',
  trainFrom: 'test',
  trainCount: 15,
  testCount: GRID,
  seed: 3
})
/** 12 points of norms ½ to 3⁄2, where the SG-NTK is not symmetric. */
const unequalNorms: Matrix = {
  values: Float64Array.from({ length: 24 }, (_, i) => {
    const point = Math.floor(i / 2)
    const angle = (2 * Math.PI * point * 5) / 12
    return (0.5 + point / 11) * (i % 2 === 0 ? Math.sin(angle) : Math.cos(angle))
  }),
  rows: 12,
  columns: 2
}
const pre = evenly(-3, 3, 241)
const deviation = evenly(0, 3, GRID + 1)
const angle = evenly(-Math.PI, Math.PI, 2 * GRID + 1)
/** The top of the circle, and the points at all angles from it. */
const top: Matrix = { values: Float64Array.of(0, 1), rows: 1, columns: 2 }
const onCircle: Matrix = {
  values: Float64Array.from({ length: 2 * angle.length }, (_, i) => {
    const at = angle[Math.floor(i / 2)] ?? NaN
    return i % 2 === 0 ? Math.sin(at) : Math.cos(at)
  }),
  rows: angle.length,
  columns: 2
}

/**
 * What theory says of networks of a design before any is trained: how each surrogate looks, the
 * kernel that it makes, and the function that wide networks learn with it.
 *
 * @param given data as previewData makes them, with one output; null for the paper's circle data
 */
export function* theoryPreview(
  design: NetworkDesign,
  choices: readonly PreviewChoice[],
  algebra: LinearAlgebra,
  given: Dataset | null = null
): Stepwise<TheoryPreview> {
  const phi = activationMath(design.activation)
  const data = given ?? paperData
  const setting: Setting = {
    ...{ design, algebra, data },
    sizes: inputSizes(data),
    hasOwnData: given !== null
  }
  const previews: ChoicePreview[] = []
  for (const choice of choices) previews.push(yield* choicePreview(setting, choice))
  return {
    pre,
    activation: pre.map((z) => phi.evaluate(numberElementwise, z)),
    deviation,
    angle,
    data,
    sizes: setting.sizes,
    choices: previews
  }
}

/** What all choices have in common. */
interface Setting {
  readonly design: NetworkDesign
  readonly algebra: LinearAlgebra
  readonly data: Dataset
  readonly sizes: InputSizes
  readonly hasOwnData: boolean
}

function* choicePreview(
  { design, algebra, data, sizes, hasOwnData }: Setting,
  { name, surrogate }: PreviewChoice
): Stepwise<ChoicePreview> {
  const psi = surrogate && surrogateMath(surrogate)
  // Kernels see nothing of inputs but |x|²/n₀ and x·x′/n₀: two dimensions stand for any number.
  const radius = Math.sqrt(2 * sizes.median)
  const slice = yield* kernelPieces(
    design,
    surrogate,
    scaled(top, radius),
    scaled(onCircle, radius)
  )
  const kernels = yield* predictionKernels(design, surrogate, data)
  const kernel = (slice.sgNtk ?? slice.ntk).values
  const isFinite = kernels.trainTrain.values.every(Number.isFinite)
  const report = isFinite ? stabilityReport(kernels.trainTrain, algebra) : null
  const disc = hasOwnData ? null : yield* kernelPieces(design, surrogate, unequalNorms, null)
  yield
  return {
    name,
    derivative: psi && pre.map((z) => psi.evaluate(numberElementwise, z)),
    mean: psi && deviation.map((s) => psi.gaussianMean(0, s)),
    area: psi && psi.area,
    valueAtZero: psi && psi.valueAtZero,
    kernel,
    diagonal: kernel[GRID] ?? NaN,
    eigenvalues: report?.eigenvalues ?? null,
    stability: report,
    asymmetry: asymmetry(disc === null ? kernels.trainTrain : (disc.sgNtk ?? disc.ntk)),
    trained: yield* trainedToTheEnd(kernels, data.trainTargets, algebra)
  }
}

function* trainedToTheEnd(
  kernels: Parameters<typeof ensembleDeviations>[0],
  targets: Matrix,
  algebra: LinearAlgebra
): Stepwise<ChoicePreview['trained']> {
  try {
    const dynamics = trainingDynamics(kernels.trainTrain, 0, algebra)
    const end = { kind: 'flow', t: Infinity, eta: 1 } as const
    const propagator = yield* dynamics.at(end, kernels.testTrain)
    return ensembleDeviations(kernels, targets, propagator, algebra)
  } catch (error) {
    if (error instanceof LabError) return { problem: error.message }
    throw error
  }
}

function scaled({ values, rows, columns }: Matrix, factor: number): Matrix {
  return { values: values.map((value) => factor * value), rows, columns }
}

/** count numbers from low to high. */
function evenly(low: number, high: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1))
}
