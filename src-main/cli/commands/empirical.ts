import { Command } from 'commander'
import { empiricalReport } from '../../engine/empirical/empirical-report'
import { empiricalSpecSchema, empiricalTask } from '../../engine/empirical/empirical-spec'
import { NativeLinearAlgebra } from '../../engine/float64/native-linear-algebra'
import { loadTensorFlow, tensorFlowBinding } from '../../engine/tensorflow'
import { readJsonInput } from '../input'
import { writeLines } from '../output'

/** tangent empirical SPEC.json… */
export function empiricalCommand(): Command {
  return new Command('empirical')
    .description(
      'outputs, empirical NTK and SG-NTK, and gradient descent of one finite network whose ' +
        'parameters are given; JSON on standard output, a line for each specification'
    )
    .argument('<spec...>', 'JSON files, or - for standard input')
    .addHelpText(
      'after',
      `
The specification:
  {"activation": {"name": "erf", "m": 2}, "surrogate": {"name": "erf_prime", "m": 5},
   "sigmaW": 1.1, "sigmaB": 0.2,
   "weights": [{"W": [[0.3, 1.2], [-0.7, 0.1], [0.4, -2]], "b": [0.1, -1, 0.5]},
               {"W": [[1.1, -0.2, 0.8]], "b": [0.3]}],
   "X": [[1, 0], [0, 2], [1, 1]],
   "nTrain": 2, "yTrain": [[1], [-1]], "eta": 0.05, "steps": [1, 2, 25], "dtype": "float64"}
W is outputs × inputs, a row for each unit. The first nTrain points of X are trained on, by full-batch
gradient descent on the loss ½ Σ with step size eta: with the surrogate in the backward pass, or
without one with the true derivative. dtype is float64 (the default) or float32.

The result: outputs[i][k]; ntk[i][j][k][l] = J Jᵀ and sgNtk[i][j][k][l] = J J̃ᵀ of points i, j and
outputs k, l, with the true derivative on the first point and the surrogate on the second (without a
surrogate the two are equal); training[] with k, paramsFlat (W¹ row by row, b¹, W², …) and outputs.

May be left out: surrogate; nTrain, yTrain, eta and steps, all together; dtype. May be added:
  X2           points of the second argument of the kernels
  standIn      {"name": "erf", "m": 20}: kernels of the network with erf_m in place of sign (half of
               1 + erf_m for heaviside), whose own true derivative is zero below the last layer
  layers, outputScale, parametrisation   as experiments have them

Examples:
  tangent empirical network.json | python3 -c 'import json, sys; print(json.load(sys.stdin)["sgNtk"])'
  tangent empirical a.json b.json c.json > networks.jsonl`
    )
    .action(async (paths: string[]) => {
      // All are checked before any is computed, so that a mistake is found at once.
      const specs = paths.map((path) => readJsonInput(path, empiricalSpecSchema))
      const tasks = specs.map(empiricalTask)
      const tf = loadTensorFlow()
      const algebra = new NativeLinearAlgebra(tensorFlowBinding(tf))
      for (const [i, task] of tasks.entries()) {
        const dtype = specs[i]?.dtype ?? 'float64'
        writeLines(JSON.stringify(await empiricalReport(tf, algebra, task, dtype)))
      }
    })
}
