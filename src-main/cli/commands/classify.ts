import { Command } from 'commander'
import { labelTargets, type Label } from '@shared/design/labels'
import { classifySpecSchema, taskPoints, type ClassifySpec } from '@shared/design/specifications'
import type { Matrix } from '@shared/design/dataset'
import { decisions, type ClassificationTask } from '@shared/theory/classification'
import type { KernelPool } from '../../engine/kernels/kernel-pool'
import {
  pooledClassificationLimit,
  pooledFinitePredictor
} from '../../engine/kernels/pooled-classification'
import { algebraFor } from '../algebra-for'
import { answerEach } from '../answer-each'
import type { Reportable } from '../json-line'
import { forecastMemory } from '../memory-forecast'
import { neverStopped } from '../with-kernel-pool'

/** tangent classify SPEC.json… */
export function classifyCommand(): Command {
  return new Command('classify')
    .description(
      'classify by the limit of infinitely sharp steps (Nadaraya–Watson); JSON on standard output'
    )
    .argument('<specs...>', 'JSON files, or - for standard input; one line of JSON for each')
    .addHelpText(
      'after',
      `
The specification is that of "tangent kernel" with a classification task in place of X:
  {"activation": {"name": "sign"}, "depthHidden": 2, "sigmaW": 1.5, "sigmaB": 0.1,
   "Xtrain": [[1, 0], [0, 1], [-1, 0]], "ytrain": [1, -1, 1], "Xtest": [[0.6, 0.8]], "ms": [10, 100]}
activation is sign or erf; surrogate, if any, erf_prime with the same theta: their m grows in the limit.
ytrain: −1 and 1, or any numbers or texts as classes, or one-hot rows.

The answer: {"c": growth of the kernel's diagonal, "score": Σ Θ∞(x, xᵢ) yᵢ/cᵢ a test point (for several
classes one a class, in the order of "classes"), "class": its sign or its class, "thetaInf": test × train,
"finiteM": for every m {"m", "predictor", "scaled": m^L · predictor, "class", "agreement": share of equal
classes, "diagonalRatio"}}. Infinite numbers are "inf" and "-inf".

Examples:
  tangent classify task.json | python3 -c 'import json, sys; print(json.load(sys.stdin)["class"])'
  tangent classify a.json b.json > classes.jsonl`
    )
    .action((paths: string[]) => answerEach(paths, classifySpecSchema, classificationReport))
}

async function classificationReport(spec: ClassifySpec, pool: KernelPool): Promise<Reportable> {
  const { Xtrain, ytrain, Xtest, ms, surrogate, ...design } = spec
  const { trainInputs: train, testInputs: test } = taskPoints(spec)
  const { targets, classes } = labelTargets(ytrain)
  const [N, T] = [Xtrain.length, Xtest.length]
  forecastMemory(`Xtrain and Xtest of ${N} and ${T} points`, 8 * (6 * N * N + 4 * N * T))
  const task: ClassificationTask = { design, surrogate: surrogate ?? null, train, targets, test }
  const { c, score, thetaInf } = await pooledClassificationLimit(pool, task, neverStopped)
  const limitClasses = named(score, classes)
  const finiteM: Reportable[] = []
  for (const m of ms) {
    const algebra = await algebraFor(N)
    const finite = await pooledFinitePredictor(pool, task, m, algebra, neverStopped)
    const found = named(finite.predictor, classes)
    const equal = found.filter((value, i) => value === limitClasses[i]).length
    finiteM.push({
      m,
      predictor: oneOrMore(finite.predictor),
      scaled: oneOrMore(finite.scaled),
      class: found,
      agreement: equal / found.length,
      diagonalRatio: finite.diagonalRatio
    })
  }
  return {
    c,
    score: oneOrMore(score),
    class: limitClasses,
    thetaInf,
    ...(classes ? { classes } : {}),
    ...(ms.length > 0 ? { finiteM } : {})
  }
}

/** Classes as users name them. */
function named(scores: Matrix, classes: readonly Label[] | null): Label[] {
  return decisions(scores).map((decision) => (classes ? (classes[decision] ?? decision) : decision))
}

/** A plain list where there is one number a point. */
function oneOrMore(matrix: Matrix): Reportable {
  return matrix.columns === 1 ? matrix.values : matrix
}
