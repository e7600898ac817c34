import { shortLabel } from './panel-place'
import { definePlot, type Plot, type SeriesInput } from './plot'

/** Eigenvalues of the kernels K(X, X) of a run's conditions. */
export interface SpectrumView {
  readonly title: string
  readonly provenance: string
  readonly kernelName: string
  readonly conditions: readonly {
    readonly label: string
    readonly real: Float64Array
    readonly imaginary: Float64Array
  }[]
}

/** Marks of the n-th condition. */
const marks = ['circle', 'square', 'diamond', 'triangle'] as const

/**
 * |λ| of all eigenvalues, largest first, and where they lie in the complex plane: the kernel of
 * surrogate gradients is not symmetric, so they may be complex, or have a negative real part.
 */
export function spectrumFigure({ title, provenance, kernelName, conditions }: SpectrumView): Plot {
  const spectra = conditions.map(({ label, real, imaginary }) => {
    const size = real.map((value, i) => Math.hypot(value, imaginary[i] ?? NaN))
    const order = [...size.keys()].sort((a, b) => (size[b] ?? NaN) - (size[a] ?? NaN))
    const sorted = (values: Float64Array): Float64Array =>
      Float64Array.from(order, (i) => values[i] ?? NaN)
    const name = label === '' ? 'eigenvalues' : shortLabel(label)
    return { name, size: sorted(size), real: sorted(real), imaginary: sorted(imaginary) }
  })
  const points = (n: number, name: string, x: Float64Array, y: Float64Array): SeriesInput => ({
    ...{ kind: 'points', name, colour: n, x, y, filled: false },
    symbol: marks[n % marks.length] ?? 'circle',
    size: 0.5
  })
  return definePlot({
    title,
    provenance,
    description: `Eigenvalues of the analytic ${kernelName} at the training points`,
    shareX: 'none',
    shareY: 'none',
    panels: [
      {
        title: 'by size',
        x: { label: 'rank' },
        y: { label: '|λ|', scale: 'log' },
        series: spectra.map(({ name, size }, n) =>
          points(
            n,
            name,
            Float64Array.from(size, (_, i) => i + 1),
            size
          )
        )
      },
      {
        column: 1,
        title: 'in the complex plane',
        x: { label: 'Re λ', scale: 'asinh' },
        y: { label: 'Im λ' },
        series: [
          { kind: 'reference', name: 'Re λ = 0', axis: 'x', value: 0 },
          ...spectra.map(({ name, real, imaginary }, n) => points(n, name, real, imaginary))
        ]
      }
    ]
  })
}
