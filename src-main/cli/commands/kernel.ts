import { Command } from 'commander'
import { matrixFromRows } from '@shared/design/dataset'
import {
  kernelSpecSchema,
  requireSameDimension,
  type KernelSpec
} from '@shared/design/specifications'
import { LabError } from '@shared/protocol/errors'
import { computeKernels } from '@shared/theory/kernels'
import { readJsonInput } from '../input'
import { writeJsonLine, type Reportable } from '../json-line'
import { forecastMemory } from '../memory-forecast'

/** tangent kernel SPEC.json… */
export function kernelCommand(): Command {
  return new Command('kernel')
    .description('compute NNGP, NTK and SG-NTK of a design in float64; JSON on standard output')
    .argument('<specs...>', 'JSON files, or - for standard input; one line of JSON for each')
    .addHelpText(
      'after',
      `
The specification:
  {"activation": {"name": "erf", "m": 8, "theta": 0}, "surrogate": {"name": "erf_prime", "m": 5},
   "depthHidden": 2, "sigmaW": 1.7, "sigmaB": 0.25, "X": [[1, 0], [0, 2]], "X2": [[0.5, 1]]}
surrogate and X2 may be left out. Rows are points of X (the first argument, true derivative),
columns points of X2 or X (the second argument, surrogate). A diverging entry is "inf" or "-inf".
Layers that differ: "layers": [{"sigmaW": 2}, {"activation": {"name": "relu"}}, {"sigmaB": 0}], one
entry a hidden layer and one for the output.

Examples:
  tangent kernel spec.json | python3 -c 'import json, sys; print(json.load(sys.stdin)["sgNtk"])'
  tangent kernel erf.json relu.json sign.json > kernels.jsonl`
    )
    .action((paths: string[]) => {
      const specs = paths.map((path) => readJsonInput(path, kernelSpecSchema))
      for (const spec of specs) writeJsonLine(kernelReport(spec))
    })
}

/** The kernels of a specification. */
function kernelReport(spec: KernelSpec): Reportable {
  const { X, X2, surrogate, ...design } = spec
  const first = matrixFromRows(X, 'X')
  const second = X2 ? matrixFromRows(X2, 'X2') : null
  if (second) requireSameDimension(second, 'X2', first, 'X')
  const pairs = first.rows * (second ?? first).rows
  forecastMemory(`kernels of ${first.rows} × ${(second ?? first).rows} points of X`, 3 * 8 * pairs)
  const { nngp, ntk, sgNtk } = computeKernels(design, surrogate ?? null, first, second)
  for (const kernel of [nngp, ntk, sgNtk]) {
    if (kernel?.values.some(Number.isNaN)) {
      throw new LabError(
        'internal',
        `an entry of ${kernel.kind} is not a number: its inputs are too large`
      )
    }
  }
  return {
    nngp,
    ntk,
    sgNtk,
    ...(sgNtk ? {} : { reason: 'sgNtk: the specification names no surrogate' })
  }
}
