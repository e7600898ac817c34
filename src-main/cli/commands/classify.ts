import { Command } from 'commander'
import { labelTargets, type Label } from '@shared/design/labels'
import { classifySpecSchema, taskPoints, type ClassifySpec } from '@shared/design/specifications'
import type { Matrix } from '@shared/design/dataset'
import {
  classificationLimit,
  decisions,
  finitePredictor,
  type ClassificationTask
} from '@shared/theory/classification'
import { finish } from '@shared/theory/stepwise'
import { algebraFor } from '../algebra-for'
import { readJsonInput } from '../input'
import { writeJsonLine, type Reportable } from '../json-line'
import { forecastMemory } from '../memory-forecast'

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
    .action(async (paths: string[]) => {
      const specs = paths.map((path) => readJsonInput(path, classifySpecSchema))
      for (const spec of specs) writeJsonLine(await classificationReport(spec))
    })
}

async function classificationReport(spec: ClassifySpec): Promise<Reportable> {
  const { Xtrain, ytrain, Xtest, ms, surrogate, ...design } = spec
  const { trainInputs: train, testInputs: test } = taskPoints(spec)
  const { targets, classes } = labelTargets(ytrain)
  const [N, T] = [Xtrain.length, Xtest.length]
  forecastMemory(`Xtrain and Xtest of ${N} and ${T} points`, 8 * (6 * N * N + 4 * N * T))
  const task: ClassificationTask = { design, surrogate: surrogate ?? null, train, targets, test }
  const { c, score, thetaInf } = finish(classificationLimit(task))
  const limitClasses = named(score, classes)
  const algebra = ms.length > 0 ? await algebraFor(N) : null
  const finiteM = ms.map((m): Reportable => {
    if (!algebra) throw new RangeError('finite predictors need linear algebra')
    const finite = finish(finitePredictor(task, m, algebra))
    const found = named(finite.predictor, classes)
    const equal = found.filter((value, i) => value === limitClasses[i]).length
    return {
      m,
      predictor: oneOrMore(finite.predictor),
      scaled: oneOrMore(finite.scaled),
      class: found,
      agreement: equal / found.length,
      diagonalRatio: finite.diagonalRatio
    }
  })
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
