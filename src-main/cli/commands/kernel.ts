import { Command } from 'commander'
import { z } from 'zod'
import { matrixFromRows, type Matrix } from '@shared/design/dataset'
import { checkLayers, networkDesignShape } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { LabError } from '@shared/protocol/errors'
import { computeKernels } from '@shared/theory/kernels'
import { readJsonInput } from '../input'

const points = z.array(z.array(z.number()).min(1)).min(1)

const kernelSpecSchema = networkDesignShape
  .extend({
    surrogate: surrogateSchema.optional(),
    X: points,
    X2: points.optional()
  })
  .superRefine(checkLayers)
type KernelSpec = z.infer<typeof kernelSpecSchema>

/** tangent kernel SPEC.json */
export function kernelCommand(): Command {
  return new Command('kernel')
    .description('compute NNGP, NTK and SG-NTK of a design in float64; JSON on standard output')
    .argument('<spec>', 'a JSON file, or - for standard input')
    .addHelpText(
      'after',
      `
The specification:
  {"activation": {"name": "erf", "m": 8, "theta": 0}, "surrogate": {"name": "erf_prime", "m": 5},
   "depthHidden": 2, "sigmaW": 1.7, "sigmaB": 0.25, "X": [[1, 0], [0, 2]], "X2": [[0.5, 1]]}
surrogate and X2 may be left out. Rows are points of X (the first argument, true derivative),
columns points of X2 or X (the second argument, surrogate). A diverging entry is "inf" or "-inf".

Example:
  tangent kernel spec.json | python3 -c 'import json, sys; print(json.load(sys.stdin)["sgNtk"])'`
    )
    .action((path: string) => {
      const spec = readJsonInput(path, kernelSpecSchema)
      process.stdout.write(`${JSON.stringify(kernelReport(spec))}\n`)
    })
}

/** The kernels of a specification as JSON can hold them. */
function kernelReport(spec: KernelSpec): object {
  const { X, X2, surrogate, ...design } = spec
  const first = matrixFromRows(X, 'X')
  const second = X2 ? matrixFromRows(X2, 'X2') : null
  if (second && second.columns !== first.columns) {
    throw new LabError(
      'invalid-request',
      `points of X2 have ${second.columns} numbers, but points of X have ${first.columns}`
    )
  }
  const { nngp, ntk, sgNtk } = computeKernels(design, surrogate ?? null, first, second)
  return {
    nngp: nestedRows(nngp),
    ntk: nestedRows(ntk),
    sgNtk: sgNtk && nestedRows(sgNtk),
    ...(sgNtk ? {} : { reason: 'sgNtk: the specification names no surrogate' })
  }
}

function nestedRows({ values, rows, columns }: Matrix): (number | string)[][] {
  return Array.from({ length: rows }, (_, i) =>
    Array.from(values.subarray(i * columns, (i + 1) * columns), jsonNumber)
  )
}

/** JSON has no infinities; numbers are written with all digits that tell them apart. */
function jsonNumber(value: number): number | string {
  if (value === Infinity) return 'inf'
  if (value === -Infinity) return '-inf'
  if (Number.isNaN(value)) {
    throw new LabError('internal', 'a kernel entry is not a number: its inputs are too large')
  }
  return value
}
