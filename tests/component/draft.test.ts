import { describe, expect, it } from 'vitest'
import { experimentSchema } from '@shared/design/experiment'
import {
  activationParameters,
  checkDraft,
  draftFromExperiment,
  problemAt,
  withActivation,
  withSurrogate,
  type Draft
} from '../../src-renderer/state/draft'
import { presets, quickExperiment } from './fixtures'

const draft = draftFromExperiment(quickExperiment)
const problemsOf = (change: Partial<Draft>) =>
  Object.fromEntries(checkDraft({ ...draft, ...change }).problems)

describe('a draft', () => {
  it.each(presets.map((preset) => [preset.id, preset.experiment] as const))(
    'made from %s states the same experiment',
    (_, experiment) => {
      expect(checkDraft(draftFromExperiment(experiment)).experiment).toEqual(experiment)
    }
  )

  it('wishes no kernels of a step activation that nothing stands in for', () => {
    const smooth = presets.find(({ id }) => id.startsWith('figure-2'))!.experiment
    expect(smooth.empiricalKernels.at).toBe('ends')
    const changed = { ...draftFromExperiment(smooth), sweepParameter: '', activation: 'sign' }
    const { experiment, problems } = checkDraft({ ...changed, activationParameters: {} } as Draft)
    expect([...problems]).toEqual([])
    expect(experiment!.empiricalKernels.at).toBe('none')
  })

  it.each([
    { kind: 'inline', trainInputs: [[0]], trainTargets: [[1]], testInputs: [[2]] },
    { kind: 'xor', trainCount: 8, testCount: 8, seed: 1, noise: 0.5 },
    { kind: 'bundled', set: 'digits', classes: ['3', '8'], inputScaling: 'sphere', trainCount: 20 }
  ])('keeps data that it has no fields for: $kind', (data) => {
    const experiment = experimentSchema.parse({ ...quickExperiment, data })
    expect(checkDraft(draftFromExperiment(experiment)).experiment).toEqual(experiment)
  })

  it('keeps how networks are trained and recorded', () => {
    const experiment = experimentSchema.parse({
      ...quickExperiment,
      optimiser: { kind: 'adam', batchSize: 5 },
      loss: 'crossEntropy',
      recordSpacing: 'linear'
    })
    expect(checkDraft(draftFromExperiment(experiment)).experiment).toEqual(experiment)
  })

  it('reads lists with commas, semicolons or spaces, and a typographic minus', () => {
    expect(checkDraft({ ...draft, widths: '10; 20 30,' }).experiment?.widths).toEqual([10, 20, 30])
    expect(problemsOf({ sigmaB: '−1' })).toEqual({ 'design.sigmaB': 'sigmaB must not be negative' })
  })

  it.each<[Partial<Draft>, Record<string, string>]>([
    [{ name: ' ' }, { name: 'give the experiment a name' }],
    [{ sigmaW: '' }, { 'design.sigmaW': 'must be a number' }],
    [{ sigmaW: '0' }, { 'design.sigmaW': 'must be above 0' }],
    [{ steps: '1e' }, { steps: 'must be a number' }],
    [{ steps: '2.5' }, { steps: 'must be a whole number' }],
    [{ ensembleSize: '1' }, { ensembleSize: 'an ensemble needs at least 2 networks' }],
    [{ recordCount: '501' }, { recordCount: 'must be at most 500' }],
    [{ widths: '' }, { widths: 'enter at least one number' }],
    [{ widths: '10, x' }, { 'widths.1': 'must be a number' }],
    [{ trainCount: '0' }, { 'data.trainCount': 'must be at least 1' }]
  ])('with %o is refused with a plain message at its place', (change, problems) => {
    expect(problemsOf(change)).toEqual(problems)
  })

  it('refuses a step activation with the true derivative', () => {
    expect(problemsOf(withSurrogate(draft, ''))['surrogate']).toMatch(
      /choose a surrogate derivative/
    )
  })

  it('refuses more training angles than there are to draw from', () => {
    expect(problemsOf({ trainCount: '101' })['data.trainCount']).toMatch(/lower trainCount/)
  })

  it('refuses a sweep of what is not there', () => {
    expect(problemsOf({ sweepParameter: 'activation.m', sweepValues: '2' })['sweep']).toMatch(
      /use erf/
    )
  })

  it('finds messages below a place only where asked to', () => {
    const { problems } = checkDraft({ ...draft, widths: '10, x' })
    expect(problemAt(problems, 'widths')).toBeNull()
    expect(problemAt(problems, 'widths', true)).toBe('must be a number')
  })
})

describe('another activation or surrogate', () => {
  it('brings its parameters, from its schema', () => {
    expect(activationParameters('erf')).toEqual([
      { key: 'm', initial: '1', isText: false },
      { key: 'theta', initial: '0', isText: false }
    ])
    expect(withActivation(draft, 'identity').activationParameters).toEqual({})
  })

  it('keeps a formula as a text, and says what is wrong in it', () => {
    const stated = withSurrogate(draft, 'expression')
    expect(stated.surrogateParameters['formula']).toBe('exp(-z^2)')
    const typed = (formula: string) =>
      checkDraft({ ...stated, surrogateParameters: { ...stated.surrogateParameters, formula } })
    expect(typed('1/(1 + abs(z))^2').experiment?.surrogate).toEqual({
      name: 'expression',
      formula: '1/(1 + abs(z))^2',
      amp: 1,
      theta: 0
    })
    expect(typed('1/(1 + abs(y))').problems.get('surrogate.formula')).toMatch(
      /"y" at character 12 is unknown/
    )
    const experiment = typed('exp(-abs(z))').experiment!
    expect(checkDraft(draftFromExperiment(experiment)).experiment).toEqual(experiment)
  })

  it('keeps what both have in common', () => {
    const shifted = { ...draft, activationParameters: { theta: '0.5' } }
    expect(withActivation(shifted, 'erf').activationParameters).toEqual({ m: '1', theta: '0.5' })
    const other = withSurrogate({ ...draft, surrogateParameters: { m: '3', amp: '2' } }, 'ste')
    expect(other.surrogateParameters).toEqual({ amp: '2', theta: '0' })
  })
})
