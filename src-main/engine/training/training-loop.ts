import { batchSizeOf } from '@shared/design/optimiser'
import type { Cycle } from './delayed-cycle'
import type { GraphArgument, GraphFunction, GraphValue } from './graph/graph-function'
import { graphOperations } from './graph/graph-operations'
import type { Loop } from './graph/loop-model'
import { attributes } from './graph/protocol-buffers'
import type { TrainingSpec } from './trainer'
import type { TrainingLayer } from './training-layers'
import { trainingCycle } from './training-cycle'
import { trainingStep, variableCount } from './training-step'

const scalar = { lengths: [] } as const
const tensor3d = { type: 'float32', lengths: [-1, -1, -1] } as const

/**
 * Steps of training as a loop: from `step` to `last`, or until outputs are no longer finite.
 *
 * The graph knows the formulas and the number of layers, but no sizes. `error` is Σ (f − y)² over
 * everything, before the last step; `first` is the step that the rows of `batches` are counted from.
 *
 * @param cycle a turn of the loop is one of these, where given, and `error` that of all its steps
 */
export function trainingLoop(
  spec: TrainingSpec,
  layers: readonly TrainingLayer[],
  cycle: Cycle | null = null
): Loop {
  const hasBatches = batchSizeOf(spec.optimiser) !== null
  const states = Array.from({ length: variableCount(spec, layers) }, (_, i): GraphArgument => ({
    name: `variable${i}`,
    ...tensor3d
  }))
  return {
    variables: [
      { name: 'step', type: 'int32', ...scalar },
      { name: 'error', type: 'float32', ...scalar },
      ...states
    ],
    constants: [
      { name: 'first', type: 'int32', ...scalar },
      { name: 'last', type: 'int32', ...scalar },
      { name: 'inputs', ...tensor3d },
      { name: 'targets', ...tensor3d },
      ...(hasBatches
        ? [{ name: 'batches', type: 'int32', lengths: [-1, -1] } satisfies GraphArgument]
        : [])
    ],
    condition: (target, values) => {
      const [step, error] = values
      const last = values[states.length + 3]
      if (!step || !error || !last) throw new RangeError('the loop has no counters')
      const goesOn = target.node('Less', [step, last], { T: attributes.type('int32') })
      return target.node('LogicalAnd', [goesOn, target.node('IsFinite', [error])], {})
    },
    body: (target, [step, , ...rest]) => {
      const variables = rest.slice(0, states.length)
      const [first, , inputs, targets, batches] = rest.slice(states.length)
      if (!step || !first || !inputs || !targets) throw new RangeError('the loop has no constants')
      const next = target.node('AddV2', [step, target.constant('int32', cycle?.length ?? 1)], {
        T: attributes.type('int32')
      })
      const number = target.node('Cast', [next], {
        SrcT: attributes.type('int32'),
        DstT: attributes.type('float32')
      })
      const row = batches && batchOf(target, batches, step, first)
      const points = row
        ? { inputs: pick(target, inputs, row, 1), targets: pick(target, targets, row, 1) }
        : { inputs, targets }
      const ops = graphOperations(target)
      if (!cycle) {
        const moved = trainingStep(ops, spec, layers, variables, points, number)
        return [next, sumOfSquares(target, moved.residuals), ...moved.variables]
      }
      const moved = trainingCycle(ops, spec, layers, variables, points, cycle)
      const errors = moved.residuals.map((residuals) => sumOfSquares(target, residuals))
      return [next, errors.reduce((x, y) => ops.add(x, y)), ...moved.variables]
    }
  }
}

/** Over everything: not finite where one of the values is not. */
function sumOfSquares(target: GraphFunction, values: GraphValue): GraphValue {
  const axes = target.constant('int32', [0, 1, 2])
  return target.node('Sum', [target.node('Square', [values]), axes], {
    T: attributes.type('float32'),
    Tidx: attributes.type('int32'),
    keep_dims: attributes.bool(false)
  })
}

/** The indices of a step's points. */
function batchOf(
  target: GraphFunction,
  batches: GraphValue,
  step: GraphValue,
  first: GraphValue
): GraphValue {
  const at = target.node('Sub', [step, first], { T: attributes.type('int32') })
  return pick(target, batches, at, 0)
}

function pick(
  target: GraphFunction,
  from: GraphValue,
  indices: GraphValue,
  axis: 0 | 1
): GraphValue {
  return target.node('GatherV2', [from, indices, target.constant('int32', axis)], {
    Tparams: attributes.type(axis === 0 ? 'int32' : 'float32'),
    Tindices: attributes.type('int32'),
    Taxis: attributes.type('int32'),
    batch_dims: attributes.int(0)
  })
}
