import { z } from 'zod'
import { resultNames } from '../comparison/result-cells'

const runId = z.string().min(1)
const ensembleIndex = z.int().min(0)
/** A recorded step; null for the last. */
const step = z.int().min(0).nullable().default(null)
const ofRun = { runId }
const ofEnsemble = { runId, ensembleIndex }
/** Lines drawn of an ensemble's members: more only make one another invisible. */
const members = z.int().min(0).max(1000).default(50)
/** More ensembles than these in one figure are not told apart. */
export const mostOverlaid = 12
const ensembles = z.array(z.strictObject(ofEnsemble)).min(1).max(mostOverlaid)
/** Which input to plot against; null for the data's own coordinate. */
const input = z.int().min(0).nullable().default(null)

const runIds = z.array(runId).min(1).max(500)
/** A parameter of ensembles by its path, or what is unambiguous of it, such as "m". */
const parameter = z.string().min(1).max(200)

/** Where the data of a figure come from, and which figure they make. */
export const figureSourceSchema = z.discriminatedUnion('kind', [
  /** What an ensemble learned, against its prediction, over a coordinate. */
  z.strictObject({
    kind: z.literal('function'),
    ...ofEnsemble,
    ...{ step, members, input },
    /** Draws the ensemble's own mean ± 1.96 standard deviations. */
    ensembleDeviation: z.boolean().default(false)
  }),
  /** The same for all widths and conditions of a run, as small multiples. */
  z.strictObject({ kind: z.literal('functions'), ...ofRun, ...{ step, members, input } }),
  /** Several ensembles, of one or more runs, over one another. */
  z.strictObject({
    kind: z.literal('overlay'),
    ...{ ensembles, step, input }
  }),
  z.strictObject({ kind: z.literal('loss'), ...ofEnsemble }),
  /** Losses of several ensembles, of one or more runs, over one another. */
  z.strictObject({ kind: z.literal('losses-overlay'), ensembles }),
  /** A result of runs' ensembles against a parameter, over seeds. */
  z.strictObject({
    kind: z.literal('results'),
    runIds,
    across: parameter.default('width'),
    /** What tells series apart; null for one of all. */
    by: parameter.nullable().default(null),
    result: z.enum(resultNames).default('rmse')
  }),
  /** Kernel errors of runs' networks against the width. */
  z.strictObject({ kind: z.literal('kernel-errors'), runIds }),
  /** The losses of all widths and conditions of a run. */
  z.strictObject({ kind: z.literal('losses'), ...ofRun }),
  /** Kernels of the networks and of theory at one training point, over the test points. */
  z.strictObject({
    kind: z.literal('kernel-slices'),
    ...ofRun,
    /** The training point; null for the one in the middle. */
    trainingPoint: z.int().min(0).nullable().default(null)
  }),
  /** The whole kernel: of theory, of the networks' mean, and their difference. */
  z.strictObject({ kind: z.literal('kernel-map'), ...ofEnsemble, step }),
  /** How far the networks' kernels are from theory, against the width. */
  z.strictObject({ kind: z.literal('kernel-error'), ...ofRun }),
  /** How far the networks' kernels have moved from where they started. */
  z.strictObject({ kind: z.literal('kernel-drift'), ...ofRun }),
  z.strictObject({ kind: z.literal('spectrum'), ...ofRun }),
  /** z-scores of the ensemble's mean over coordinate and training time. */
  z.strictObject({ kind: z.literal('z-scores'), ...ofEnsemble }),
  /** Outputs in predicted standard deviations against a normal distribution. */
  z.strictObject({ kind: z.literal('calibration'), ...ofEnsemble, step }),
  /** What is left to learn, by eigenmodes of the kernel. */
  z.strictObject({ kind: z.literal('residual-modes'), ...ofEnsemble }),
  z.strictObject({ kind: z.literal('weight-movement'), ...ofRun }),
  z.strictObject({ kind: z.literal('confusion'), ...ofEnsemble, step }),
  /** What is predicted in the plane of two inputs. */
  z.strictObject({ kind: z.literal('decision-map'), ...ofEnsemble, step })
])
export type FigureSource = z.infer<typeof figureSourceSchema>
export type FigureKind = FigureSource['kind']
export type SourceOf<K extends FigureKind> = Extract<FigureSource, { kind: K }>

/** The runs that a figure is drawn from; some may be named more than once. */
export function runsOfSource(source: FigureSource): string[] {
  if ('runId' in source) return [source.runId]
  return 'runIds' in source ? source.runIds : source.ensembles.map(({ runId }) => runId)
}
