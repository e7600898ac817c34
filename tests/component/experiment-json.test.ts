import { describe, expect, it } from 'vitest'
import { draftFromExperiment } from '../../src-renderer/state/draft'
import { checkJson, draftJson } from '../../src-renderer/state/experiment-json'
import { presets, quickExperiment } from './fixtures'

const text = draftJson(draftFromExperiment(quickExperiment))
/** The problems of a text, with what stands at their places. */
const problemsOf = (typed: string) =>
  checkJson(typed).problems.map(({ from, to, message }) => [typed.slice(from, to), message])

describe('an experiment as JSON', () => {
  it('is the draft’s, and states it again', () => {
    expect(checkJson(text)).toEqual({ experiment: quickExperiment, problems: [] })
  })

  it('may be in a preset', () => {
    expect(checkJson(JSON.stringify(presets[1])).experiment).toEqual(presets[1]!.experiment)
    expect(problemsOf('{"experiment": {}}')[0]?.[0]).toBe('{')
  })

  it('has its problems at their places', () => {
    expect(problemsOf(text.replace('"steps": 500', '"steps": 2.5'))).toEqual([
      ['2.5', 'steps: must be a whole number']
    ])
    const network = text.replace('"sigmaW": 1', '"sigmaW": -1')
    expect(problemsOf(network)).toEqual([['-1', 'design.sigmaW: must be above 0']])
    const widths = JSON.stringify({ ...quickExperiment, widths: [1, [2], 0] })
    expect(problemsOf(widths)).toEqual([
      ['[2]', expect.stringContaining('widths.1: ')],
      ['0', 'widths.2: must be at least 1']
    ])
  })

  it('says where something is missing that it is an object’s', () => {
    const { data, ...without } = quickExperiment
    expect(data.kind).toBe('circle')
    const [problem] = problemsOf(JSON.stringify(without))
    expect(problem?.[0]).toBe('{')
    expect(problem?.[1]).toMatch(/^data: /)
  })

  it('says where it is no JSON', () => {
    const { experiment, problems } = checkJson('{"steps": 5,, "seed": 1}')
    expect(experiment).toBeNull()
    expect(problems).toHaveLength(1)
    expect(problems[0]?.from).toBe(12)
    expect(checkJson('').problems).toHaveLength(1)
  })
})
