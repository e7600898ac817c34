import { meanOf } from './kernel-slices-figure'
import { stepAxis } from './losses-figure'
import { formatCount } from './numbers'
import { shortLabel } from './panel-place'
import { definePlot, type Plot, type SeriesInput } from './plot'

/** How far the kernels of networks have moved in training: ‖K_t − K_0‖/‖K_0‖. */
export interface KernelDriftView {
  readonly title: string
  readonly provenance: string
  readonly kernelName: string
  readonly conditions: readonly string[]
  readonly ensembles: readonly {
    readonly row: number
    readonly width: number
    /** The recorded steps after the start, ascending. */
    readonly steps: Float64Array
    /** One row a network, one entry a step. */
    readonly drift: readonly Float64Array[]
  }[]
}

/**
 * The drift of the kernels: against the steps where several are recorded, against the width where it is
 * the end of training alone. Theory takes them to stand still, which they do the better the wider.
 */
export function kernelDriftFigure(view: KernelDriftView): Plot {
  const { title, provenance, kernelName, conditions, ensembles } = view
  const overSteps = ensembles.some(({ steps }) => steps.length > 1)
  const name = `‖Δ ${kernelName}‖ / ‖${kernelName}‖`
  return definePlot({
    title,
    provenance,
    description: `How far the networks' ${kernelName} moved from where it started, relative to it`,
    panels: conditions.map((condition, column) => {
      const here = ensembles.filter(({ row }) => row === column)
      return {
        column,
        title: shortLabel(condition),
        x: overSteps ? stepAxis : { label: 'width', scale: 'log' },
        y: { label: name, scale: 'log' },
        series: overSteps ? againstSteps(here) : againstWidth(here)
      }
    })
  })
}

type Ensembles = KernelDriftView['ensembles']

function againstSteps(ensembles: Ensembles): SeriesInput[] {
  return ensembles.flatMap(({ width, steps: x, drift }, colour): SeriesInput[] => {
    const name = `width ${formatCount(width)}`
    return [
      {
        ...{ kind: 'members', name: `${name}, networks`, colour, x, ys: [...drift] },
        ...{ opacity: 0.25, inLegend: false }
      },
      { kind: 'line', name, colour, x, y: meanOf(drift) }
    ]
  })
}

function againstWidth(ensembles: Ensembles): SeriesInput[] {
  const x = Float64Array.from(ensembles, ({ width }) => width)
  const networks = Math.max(0, ...ensembles.map(({ drift }) => drift.length))
  const last = (network: number): Float64Array =>
    Float64Array.from(ensembles, ({ drift }) => drift[network]?.at(-1) ?? NaN)
  const ys = Array.from({ length: networks }, (_, network) => last(network))
  return [
    { kind: 'members', name: 'single networks', colour: 'members', x, ys },
    { kind: 'line', name: 'mean over networks', colour: 'ensemble', x, y: meanOf(ys), width: 2.4 }
  ]
}
