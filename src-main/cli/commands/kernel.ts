import { Command } from 'commander'
import { matrixFromRows } from '@shared/design/dataset'
import {
  kernelSpecSchema,
  requireSameDimension,
  type KernelSpec
} from '@shared/design/specifications'
import { LabError } from '@shared/protocol/errors'
import { kernelDiagonals } from '@shared/theory/kernels/kernel-diagonals'
import { kernelBytes } from '@shared/theory/kernels/kernel-memory'
import { finish } from '@shared/theory/stepwise'
import type { KernelPool } from '../../engine/kernels/kernel-pool'
import type { KernelFilesRequest } from '../../engine/kernels/write-kernels'
import { Stopped } from '../failure'
import { answerEach } from '../answer-each'
import { readJsonInput } from '../input'
import { writeJsonLine, type Reportable } from '../json-line'
import { forecastMemory } from '../memory-forecast'
import { neverStopped } from '../with-kernel-pool'

/** tangent kernel SPEC.json… */
export function kernelCommand(): Command {
  return new Command('kernel')
    .description('compute NNGP, NTK and SG-NTK of a design in float64; JSON on standard output')
    .argument('<specs...>', 'JSON files, or - for standard input; one line of JSON for each')
    .option(
      '--output <prefix>',
      'write PREFIX.nngp.npy, PREFIX.ntk.npy and PREFIX.sgNtk.npy block by block, for any number of points'
    )
    .addHelpText(
      'after',
      `
The specification:
  {"activation": {"name": "erf", "m": 8, "theta": 0}, "surrogate": {"name": "erf_prime", "m": 5},
   "depthHidden": 2, "sigmaW": 1.7, "sigmaB": 0.25, "X": [[1, 0], [0, 2]], "X2": [[0.5, 1]]}
surrogate and X2 may be left out. Rows are points of X (the first argument, true derivative),
columns points of X2 or X (the second argument, surrogate). A diverging entry is "inf" or "-inf".
Layers that differ: "layers": [{"sigmaW": 2}, {"activation": {"name": "relu"}}, {"sigmaB": 0}], one
entry a hidden layer and one for the output. "diagonal": true computes only the entries of X[i] with X2[i]
(or itself), as plain lists.

Examples:
  tangent kernel spec.json | python3 -c 'import json, sys; print(json.load(sys.stdin)["sgNtk"])'
  tangent kernel erf.json relu.json sign.json > kernels.jsonl
  tangent kernel ten-thousand-points.json --output kernels/large`
    )
    .action(async (paths: string[], { output }: { output?: string }) => {
      if (output === undefined) {
        await answerEach(paths, kernelSpecSchema, kernelReport)
        return
      }
      const [spec, ...others] = paths.map((path) => readJsonInput(path, kernelSpecSchema))
      if (!spec || others.length > 0 || spec.diagonal) {
        throw new LabError('invalid-request', '--output takes one specification, without diagonal')
      }
      writeJsonLine(await kernelFiles(spec, output))
    })
}

/** A specification with its points as matrices. */
function kernelTask(spec: KernelSpec): Omit<KernelFilesRequest, 'prefix'> & { diagonal: boolean } {
  const { X, X2, surrogate, diagonal, ...design } = spec
  const first = matrixFromRows(X, 'X')
  const second = X2 ? matrixFromRows(X2, 'X2') : null
  if (second) requireSameDimension(second, 'X2', first, 'X')
  return { design, surrogate: surrogate ?? null, first, second, diagonal }
}

/** The kernels of a specification, or their diagonals. */
async function kernelReport(spec: KernelSpec, pool: KernelPool): Promise<Reportable> {
  const { design, surrogate, first, second, diagonal } = kernelTask(spec)
  if (diagonal) return report(finish(kernelDiagonals(design, surrogate, first, second)))
  const [rows, columns] = [first.rows, (second ?? first).rows]
  forecastMemory(`X, X2: kernels of ${rows} × ${columns} points`, kernelBytes(rows, columns, true))
  const { nngp, ntk, sgNtk } = await pool.compute(design, surrogate, first, second, neverStopped)
  for (const kernel of [nngp, ntk, sgNtk]) {
    if (kernel?.values.some(Number.isNaN)) {
      throw new LabError(
        'internal',
        `an entry of ${kernel.kind} is not a number: its inputs are too large`
      )
    }
  }
  return report({ nngp, ntk, sgNtk })
}

function report<Kernel extends Reportable>({
  nngp,
  ntk,
  sgNtk
}: Record<'nngp' | 'ntk', Kernel> & { sgNtk: Kernel | null }): Reportable {
  const reason = 'sgNtk: the specification names no surrogate'
  return { nngp, ntk, sgNtk, ...(sgNtk ? {} : { reason }) }
}

/** Writes a specification's kernels into files; Ctrl-C leaves none behind. */
async function kernelFiles(spec: KernelSpec, prefix: string): Promise<Reportable> {
  const { forecastKernelFiles, writeKernels } = await import('../../engine/kernels/write-kernels')
  const request = { ...kernelTask(spec), prefix }
  const { fileBytes, memoryBytes } = forecastKernelFiles(request)
  const mebibytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MiB`
  process.stderr.write(
    `tangent: ${mebibytes(fileBytes)} of files, ${mebibytes(memoryBytes)} of memory\n`
  )
  const stopping = new AbortController()
  process.once('SIGINT', () => {
    stopping.abort(new Stopped())
  })
  let said = performance.now()
  const files = await writeKernels(request, stopping.signal, (share) => {
    if (performance.now() - said < 5000) return
    said = performance.now()
    process.stderr.write(`${Math.round(100 * share)} %\n`)
  })
  return { files }
}
