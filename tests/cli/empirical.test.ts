import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { empiricalCases } from '../reference/empirical-cases'
import { largestRelativeError } from '../reference/oracle'

/** The built command line, as users run it (`npm run build` makes it). */
const program = resolve(import.meta.dirname, '../../out/main/cli.js')
let folder: string

beforeAll(() => {
  if (!existsSync(program)) throw new Error(`${program} is missing: run "npm run build" first`)
  folder = mkdtempSync(join(tmpdir(), 'tangent-empirical-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function empirical(args: string[], input = '') {
  const command = [program, 'empirical', ...args]
  return spawnSync(process.execPath, command, { cwd: folder, input, encoding: 'utf8' })
}

function specification(index: number): object {
  const reference = empiricalCases[index]!
  const { activation, surrogate, sigma_w, sigma_b, n_train, eta } = reference.params
  return {
    ...{ activation, ...(surrogate && { surrogate }), sigmaW: sigma_w, sigmaB: sigma_b },
    ...{ weights: reference.weights, X: reference.X, nTrain: n_train, yTrain: reference.y_train },
    ...{ eta, steps: [1, 2, 25] }
  }
}

test('writes a line for each specification, of the numbers of the reference', () => {
  const files = [0, 6, 9].map((index) => {
    const name = `${index}.json`
    const dtype = index === 6 ? 'float32' : 'float64'
    writeFileSync(join(folder, name), JSON.stringify({ ...specification(index), dtype }))
    return { name, reference: empiricalCases[index]!, tolerance: index === 6 ? 1e-5 : 1e-12 }
  })
  const { status, stdout } = empirical(files.map(({ name }) => name))
  expect(status).toBe(0)
  const lines = stdout.trimEnd().split('\n')
  expect(lines).toHaveLength(3)
  files.forEach(({ reference, tolerance }, i) => {
    const got = JSON.parse(lines[i]!)
    const pairs: [number[], number[]][] = [
      [got.outputs.flat(), reference.outputs.flat()],
      [got.ntk.flat(3), reference.ntk.flat(3)],
      [got.sgNtk.flat(3), reference.sgntk.flat(3)],
      ...reference.training.flatMap(({ params_flat, outputs }, at): [number[], number[]][] => [
        [got.training[at].paramsFlat, params_flat],
        [got.training[at].outputs.flat(), outputs.flat()]
      ])
    ]
    for (const [values, wanted] of pairs) {
      expect(largestRelativeError(values, wanted, 1)).toBeLessThan(tolerance)
    }
  })
})

test('reads standard input', () => {
  const { status, stdout } = empirical(['-'], JSON.stringify(specification(4)))
  expect(status).toBe(0)
  expect(JSON.parse(stdout).note.message).toContain('sign is zero almost everywhere')
})

test('refuses arrays that do not fit with exit code 2, before computing anything', () => {
  const spec = specification(0) as { weights: { b: number[] }[] }
  const spoilt = {
    ...spec,
    weights: spec.weights.map(({ b, ...rest }) => ({ ...rest, b: [...b, 1] }))
  }
  writeFileSync(join(folder, 'good.json'), JSON.stringify(spec))
  const { status, stdout, stderr } = empirical(['good.json', '-'], JSON.stringify(spoilt))
  expect(status).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain('weights[0].b has 6 numbers, but weights[0].W has 5 rows')
})
