import { makeDataset } from '@shared/design/dataset'
import type { NetworkDesign } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { finding } from '@shared/studies/finding'
import { kernelPieces } from '@shared/theory/kernels'
import { asymmetry } from '@shared/theory/matrix-arithmetic'
import type { StudyPart } from './study-analysis'

interface Parameters {
  readonly design: NetworkDesign
  readonly innerRadii: readonly number[]
  readonly depths: readonly number[]
}

/** So many points, drawn from a ring in the plane whose outer radius is 1. */
const POINTS = 60

/** How asymmetric the SG-NTK with erf′ is, against the spread of the points' norms and depth. */
export function asymmetryPart({ design, innerRadii, depths }: Parameters): StudyPart {
  return {
    ...{ id: 'asymmetry', title: 'asymmetry against norms and depth', weight: 2 },
    async compute({ compute, progress }) {
      const surrogate = surrogateSchema.parse({ name: 'erf_prime', m: 1 })
      const of = async (depthHidden: number, data: Parameters['innerRadii'][number] | 'circle') => {
        const { trainInputs } = makeDataset(
          data === 'circle'
            ? { kind: 'circle', trainFrom: 'grid', trainCount: POINTS, testCount: 1, seed: 0 }
            : {
                ...{ kind: 'disc', innerRadius: data, outerRadius: 1, trainCount: POINTS },
                ...{ testCount: 1, seed: 1, noise: 0 }
              }
        )
        const pieces = kernelPieces({ ...design, depthHidden }, surrogate, trainInputs, null)
        const { sgNtk } = await compute(pieces)
        return sgNtk ? asymmetry(sgNtk) : NaN
      }
      const rows: (number | string)[][] = []
      for (const depth of depths) {
        const ring = []
        for (const radius of innerRadii) ring.push(await of(depth, radius))
        rows.push([depth, await of(depth, 'circle'), ...ring])
        progress(rows.length / depths.length)
      }
      const onCircle = Math.max(...rows.map((row) => Number(row[1])))
      const widest = rows.map((row) => Number(row.at(-1)))
      return {
        findings: [
          finding({
            id: 'asymmetry-on-circle',
            label: 'largest asymmetry on points of one norm, over depths',
            value: onCircle,
            expectation: { low: 0, high: 1e-14, reason: 'exactly symmetric there, to rounding' }
          }),
          ...rows.slice(1).map((row, i) =>
            finding({
              id: `asymmetry-depth-${row[0] ?? ''}`,
              label: `asymmetry at the widest spread of norms, depth ${row[0] ?? ''} over depth ${rows[i]?.[0] ?? ''}`,
              value: (widest[i + 1] ?? NaN) / (widest[i] ?? NaN),
              expectation: {
                ...{ low: 0, high: 1 },
                reason: 'all of it stems from the first layer: later variances are one'
              }
            })
          )
        ],
        tables: [
          {
            id: 'asymmetry',
            title: '‖K − Kᵀ‖/‖K‖ of the SG-NTK with erf′ on points of norms from r to 1',
            columns: ['depth', 'circle', ...innerRadii.map((radius) => `r = ${radius}`)],
            rows
          }
        ]
      }
    }
  }
}
