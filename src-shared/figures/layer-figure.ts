import { activationMath } from '../design/activation'
import type { HiddenLayer } from '../design/network'
import { numberElementwise } from '../design/number-elementwise'
import { surrogateMath } from '../design/surrogate'
import { definePlot, type Plot, type PlotColour, type SeriesInput } from './plot'

/** The pre-activations of a layer at one input. */
export interface PreActivations {
  /** Such as "x of largest norm". */
  readonly name: string
  /** They are N(0, variance). */
  readonly variance: number
}

const POINTS = 241
/** Standard deviations that are shown to either side, but at least NARROWEST. */
const SPREAD = 3.2
const NARROWEST = 2

/** φ of a hidden layer with ψ over it, above the distribution of what they are applied to. */
export function layerFigure(
  { activation, surrogate }: HiddenLayer,
  distributions: readonly PreActivations[]
): Plot {
  const widest = Math.max(0, ...distributions.map(({ variance }) => Math.sqrt(variance)))
  const end = Math.max(NARROWEST, SPREAD * (Number.isFinite(widest) ? widest : 0))
  const x = Float64Array.from({ length: POINTS }, (_, i) => end * ((2 * i) / (POINTS - 1) - 1))
  const phi = activationMath(activation)
  const psi = surrogate ? surrogateMath(surrogate) : null
  const line = (name: string, colour: PlotColour, y: Float64Array): SeriesInput => ({
    ...{ kind: 'line', name, colour, x, y }
  })
  return definePlot({
    title: 'Layer',
    shareY: 'none',
    description: 'φ and ψ of a layer, and the distribution of its pre-activations in wide networks',
    panels: [
      {
        x: { label: '', fit: 'tight' },
        y: { label: 'φ(z), ψ(z)' },
        series: [
          line(
            'φ',
            'target',
            x.map((z) => phi.evaluate(numberElementwise, z))
          ),
          ...(psi
            ? [
                line(
                  'ψ',
                  0,
                  x.map((z) => psi.evaluate(numberElementwise, z))
                )
              ]
            : [])
        ]
      },
      {
        row: 1,
        x: { label: 'pre-activation z', fit: 'tight' },
        y: { label: 'density' },
        series: distributions
          // A variance of 0 has no density.
          .filter(({ variance }) => variance > 0)
          .map(({ name, variance }, i) =>
            line(
              name,
              i + 1,
              x.map((z) => density(z, variance))
            )
          )
      }
    ]
  })
}

/** The density of N(0, variance) at z. */
function density(z: number, variance: number): number {
  return Math.exp((-z * z) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance)
}
