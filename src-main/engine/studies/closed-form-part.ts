import { resolveDataset, type DatasetSpec } from '@shared/design/dataset'
import type { NetworkDesign } from '@shared/design/network'
import { surrogateSchema, type Surrogate } from '@shared/design/surrogate'
import { finding, type Finding } from '@shared/studies/finding'
import { kernelPieces } from '@shared/theory/kernels'
import { largestEntry } from '@shared/theory/matrix-arithmetic'
import { surrogateProfile } from '@shared/theory/surrogate-profile'
import type { StudyPart } from './study-analysis'

interface Parameters {
  readonly data: DatasetSpec
  readonly design: NetworkDesign
  readonly ms: readonly number[]
}

/** What adaptive quadrature promises of E ψ, relative to E |ψ| (docs/maths.md, "Formulas"). */
const QUADRATURE_ERROR = 1e-8

/**
 * The closed form of the SG-NTK for erf_m′ against the same kernel by quadrature of the formula, and its
 * regularisation: erf_m′ acts like Gaussian noise of variance 1/(2m²) on the training point.
 */
export function closedFormPart({ data: spec, design, ms }: Parameters): StudyPart {
  return {
    ...{ id: 'closed-form', title: 'the closed form of erf_m′ against quadrature', weight: 1 },
    async compute({ tables, compute, progress }) {
      const { trainInputs, testInputs } = resolveDataset(spec, tables)
      const findings: Finding[] = []
      for (const [i, m] of ms.entries()) {
        const kernelOf = async (surrogate: Surrogate) => {
          const { sgNtk } = await compute(kernelPieces(design, surrogate, testInputs, trainInputs))
          if (!sgNtk) throw new RangeError('a surrogate has an SG-NTK')
          return sgNtk
        }
        const erfPrime = surrogateSchema.parse({ name: 'erf_prime', m })
        const formula = `${2 * m}/sqrt(pi) * exp(-(${m}*z)^2)`
        const closed = await kernelOf(erfPrime)
        const numeric = await kernelOf(surrogateSchema.parse({ name: 'expression', formula }))
        const gaps = closed.values.map((value, at) => value - (numeric.values[at] ?? NaN))
        findings.push(
          finding({
            id: `closed-form-m-${String(m).replace('.', '-')}`,
            label: `closed form of erf_m′ against quadrature of its formula, m = ${m}: largest difference over largest entry`,
            value: largestEntry({ ...closed, values: gaps }) / largestEntry(closed),
            expectation: { low: 0, high: QUADRATURE_ERROR, reason: 'the quadrature’s own error' }
          }),
          noiseFinding(m, design, erfPrime)
        )
        progress((i + 1) / ms.length)
      }
      return { findings }
    }
  }
}

function noiseFinding(m: number, design: NetworkDesign, surrogate: Surrogate): Finding {
  const correlation = Float64Array.from({ length: 39 }, (_, i) => (i - 19) / 20)
  const { noise } = surrogateProfile(design.activation, surrogate, 1, correlation)
  const expected = 1 / (2 * m * m)
  const gap = noise.reduce((most, k) => Math.max(most, Math.abs(k / expected - 1)), 0)
  return finding({
    id: `noise-m-${String(m).replace('.', '-')}`,
    label: `regularising noise of erf_m′ over 1/(2m²), m = ${m}: largest deviation from 1 over correlations`,
    value: gap,
    expectation: {
      ...{ low: 0, high: 1e3 * Number.EPSILON * (1 + 2 * m * m) },
      reason: 'constant in s for erf_m′; rounding, magnified where s² ≫ 1/(2m²)'
    }
  })
}
