import type { TheoryPreview } from '../theory/preview'
import { definePlot, type Plot, type SeriesInput } from './plot'
import { spectrumFigure } from './spectrum-figure'

/** ψ of every choice over the activation. */
export function derivativesFigure({ pre, activation, choices }: TheoryPreview): Plot {
  return definePlot({
    title: 'Surrogate derivatives',
    description: 'The activation φ and the surrogate derivatives ψ that replace its derivative',
    panels: [
      {
        x: { label: 'pre-activation z', fit: 'tight' },
        y: { label: 'φ(z), ψ(z)' },
        series: [
          { kind: 'line', name: 'φ', colour: 'target', x: pre, y: activation, dash: 'dashed' },
          ...lines(choices, pre, ({ derivative }) => derivative)
        ]
      }
    ]
  })
}

/** M(s) = E ψ(sZ): all that the kernel of a step activation sees of ψ. */
export function meansFigure({ deviation, choices }: TheoryPreview): Plot {
  return definePlot({
    title: 'Smoothed surrogates',
    description: 'M(s), the mean of ψ under a Gaussian of deviation s',
    panels: [
      {
        x: { label: 'deviation s', fit: 'tight' },
        y: { label: 'M(s)' },
        series: lines(choices, deviation, ({ mean }) => mean)
      }
    ]
  })
}

/** K(x, x′) on the unit circle over the angle between its arguments. */
export function kernelsFigure({ angle, choices }: TheoryPreview): Plot {
  return definePlot({
    title: 'Kernel',
    description: 'The kernel of infinitely wide networks over the angle between its two arguments',
    panels: [
      {
        x: { label: 'angle between x and x′', unit: 'rad', fit: 'tight' },
        y: { label: 'K(x, x′)' },
        series: lines(choices, angle, ({ kernel }) => kernel)
      }
    ]
  })
}

/** Eigenvalues of K(X, X) at the training points. */
export function spectraFigure({ choices }: TheoryPreview): Plot {
  return spectrumFigure({
    title: 'Spectrum',
    provenance: '',
    kernelName: 'kernel',
    conditions: choices.map(({ name, eigenvalues }) => ({
      label: name,
      real: eigenvalues?.real ?? new Float64Array(),
      imaginary: eigenvalues?.imaginary ?? new Float64Array()
    }))
  })
}

/** The functions that wide networks learn from the circle data, trained to the end. */
export function learnedFigure({ data, choices }: TheoryPreview): Plot {
  const { coordinate, trainTargets } = data
  const targets: SeriesInput[] = data.testTargets
    ? [
        {
          ...{ kind: 'line', name: 'target', colour: 'target', dash: 'dotted' },
          x: coordinate.test,
          y: data.testTargets.values
        }
      ]
    : []
  const bands: SeriesInput[] = choices.flatMap(({ name, trained }, colour) => {
    if ('problem' in trained) return []
    const { testMean, testDeviation } = trained
    const border = (side: number): Float64Array =>
      testMean.values.map((mean, i) => mean + side * 1.96 * (testDeviation[i] ?? NaN))
    const line = { name, colour, x: coordinate.test }
    return [
      // Several bands over one another would hide the lines.
      ...(choices.length === 1
        ? [{ ...line, kind: 'band' as const, inLegend: false, low: border(-1), high: border(1) }]
        : []),
      { ...line, kind: 'line' as const, y: testMean.values }
    ]
  })
  return definePlot({
    title: 'Predicted functions',
    description: 'The mean function of infinitely wide networks at the end of training',
    panels: [
      {
        x: { label: coordinate.label, unit: coordinate.unit, fit: 'tight' },
        y: { label: 'network output' },
        series: [
          ...targets,
          ...bands,
          {
            ...{ kind: 'points', name: 'training points', colour: 'points' },
            x: coordinate.train,
            y: trainTargets.values
          }
        ]
      }
    ]
  })
}

/** One line for every choice that has it, in a colour of its own. */
function lines(
  choices: TheoryPreview['choices'],
  x: Float64Array,
  pick: (choice: TheoryPreview['choices'][number]) => Float64Array | null
): SeriesInput[] {
  return choices.flatMap((choice, colour) => {
    const y = pick(choice)
    return y ? [{ kind: 'line', name: choice.name, colour, x, y }] : []
  })
}
