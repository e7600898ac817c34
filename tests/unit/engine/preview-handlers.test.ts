import { describe, expect, it } from 'vitest'
import { networkDesignSchema } from '@shared/design/network'
import { channels } from '@shared/protocol/channels'
import { computeKernels } from '@shared/theory/kernels'
import { asymmetry } from '@shared/theory/matrix-arithmetic'
import { javascriptLinearAlgebra } from '../../../src-main/engine/float64/javascript-linear-algebra'
import { previewHandlers } from '../../../src-main/engine/preview-handlers'
import { noTables } from '../../session/stored-run'

const design = networkDesignSchema.parse({
  depthHidden: 2,
  activation: { name: 'sign' },
  sigmaW: 1,
  sigmaB: 0.1
})
const erfPrime = (m: number) => ({
  name: `m=${m}`,
  surrogate: { name: 'erf_prime' as const, m }
})
const { request, result } = channels['theory.preview']

function handlers() {
  return previewHandlers(javascriptLinearAlgebra, noTables)
}

async function preview(choices: unknown[], data: unknown = null) {
  const asked = request.parse({ design, choices, data })
  const answered = await handlers()['theory.preview'](asked)
  return result.parse(answered) ?? expect.fail('gave way to nothing')
}

describe('theory previews', () => {
  it('shows the SG-NTK over the angle as the kernels are', async () => {
    const { kernels } = await preview([erfPrime(2)])
    const line = kernels.panels[0]?.series[0]
    if (line?.kind !== 'line') expect.fail('no line')
    const angle = line.x[30] ?? NaN
    const points = {
      values: Float64Array.of(0, 1, Math.sin(angle), Math.cos(angle)),
      rows: 2,
      columns: 2
    }
    const { sgNtk } = computeKernels(design, { name: 'erf_prime', m: 2, amp: 1, theta: 0 }, points)
    expect(line.y[30]).toBeCloseTo(sgNtk?.values[1] ?? NaN, 12)
  })

  it('says in numbers what each choice amounts to', async () => {
    const { facts } = await preview([erfPrime(1), erfPrime(5)])
    const [wide, sharp] = facts
    expect(wide?.area).toBeCloseTo(2, 12)
    expect(wide?.diagonal ?? NaN).toBeLessThan(sharp?.diagonal ?? NaN)
    expect(wide?.asymmetry ?? NaN).toBeGreaterThan(0.001)
    expect(facts.every(({ problem }) => problem === null)).toBe(true)
  })

  it('predicts functions that pass through the training points', async () => {
    const { functions } = await preview([erfPrime(1)])
    const series = functions.panels[0]?.series ?? []
    const line = series.find((one) => one.kind === 'line' && one.name === 'm=1')
    const points = series.find((one) => one.kind === 'points')
    if (line?.kind !== 'line' || points?.kind !== 'points') expect.fail('series are missing')
    points.x.forEach((angle, i) => {
      const at = line.x.findIndex((x) => Math.abs(x - angle) < 1e-12)
      expect(line.y[at]).toBeCloseTo(points.y[i] ?? NaN, 6)
    })
  })

  it('is computed on the data given: their spectrum, asymmetry and target', async () => {
    // Norms differ: the SG-NTK is not symmetric there.
    const data = {
      ...{ kind: 'inline', trainTargets: [[1], [-1], [2]], testInputs: [[1, 1, 0]] },
      trainInputs: [
        [1, 1, 0],
        [0, 2, 0.5],
        [0.5, 0, -3]
      ]
    }
    const { facts, functions, kernels, data: used } = await preview([erfPrime(2)], data)
    expect(used).toEqual({
      ...{ trainPoints: 3, testPoints: 1 },
      sizes: { smallest: 2 / 3, median: 2 / 3, largest: 9.25 / 3 }
    })
    const inputs = { values: Float64Array.from(data.trainInputs.flat()), rows: 3, columns: 3 }
    const { sgNtk } = computeKernels(design, { name: 'erf_prime', m: 2, amp: 1, theta: 0 }, inputs)
    expect(facts[0]?.asymmetry).toBeCloseTo(asymmetry(sgNtk!), 12)
    expect(facts[0]?.asymmetry ?? NaN).toBeGreaterThan(0.001)
    // The slice is over two dimensions: at angle 0 it is the kernel of a point of the median size.
    expect(facts[0]?.diagonal).toBeCloseTo(sgNtk!.values[0] ?? NaN, 12)
    expect(kernels.panels[0]?.series).toHaveLength(1)
    const line = functions.panels[0]?.series.find(
      ({ kind, name }) => kind === 'line' && name === 'm=2'
    )
    if (line?.kind !== 'line') expect.fail('no line')
    expect(line.y[0]).toBeCloseTo(1, 8)
  })

  it('says why data cannot be had', async () => {
    await expect(
      preview([erfPrime(1)], { kind: 'stored', sha256: 'a'.repeat(64) })
    ).rejects.toThrow()
  })

  it('says why the true derivative of a step predicts nothing', async () => {
    const { facts } = await preview([{ name: 'true derivative', surrogate: null }])
    expect(facts[0]).toMatchObject({ diagonal: null, area: null })
    expect(facts[0]?.problem).toContain('no NTK')
  })

  it('gives way to a newer preview', async () => {
    const { 'theory.preview': answer } = handlers()
    const slow = request.parse({
      design: { ...design, activation: { name: 'tanh' } },
      choices: [{ name: 'ψ', surrogate: { name: 'fast_sigmoid', beta: 3 } }]
    })
    const first = answer(slow)
    const second = await answer(request.parse({ design, choices: [erfPrime(1)] }))
    expect(second).not.toBeNull()
    expect(await first).toBeNull()
  })

  it('refuses more choices than can be told apart', () => {
    const choices = Array.from({ length: 9 }, (_, i) => erfPrime(i + 1))
    expect(request.safeParse({ design, choices }).success).toBe(false)
  })
})
