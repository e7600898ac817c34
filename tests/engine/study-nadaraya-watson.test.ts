import { expect, test } from 'vitest'
import { smallStudy, studyBench } from '../support/run-study'

test('nadaraya-watson: decisions and scores converge, with and without surrogate', async () => {
  const report = await studyBench().run(smallStudy('nadaraya-watson', {}))
  const { findings, tables } = report.content
  expect(findings.filter(({ verdict }) => verdict === 'disagrees')).toEqual([])
  const value = (id: string): number => findings.find((one) => one.id === id)?.value ?? NaN
  expect(value('circle-depth-2-agreement')).toBe(1)
  expect(value('digits-10-depth-2-agreement')).toBe(1)
  // c_i is O(1/m) from its limit, and so is the score.
  expect(value('circle-depth-3-rate')).toBeCloseTo(-1, 1)
  expect(value('digits-surrogate-same-classifier')).toBe(1)
  expect(value('digits-surrogate-accuracy')).toBe(value('digits-3-8-depth-2-accuracy'))
  expect(tables).toHaveLength(findings.filter(({ id }) => id.endsWith('-accuracy')).length)
})
