import { describe, expect, it } from 'vitest'
import { experimentSchema } from '@shared/design/experiment'
import { checkDraft, problemAt } from '../../src-renderer/state/check-draft'
import {
  draftFromExperiment,
  withActivation,
  withDepth,
  withOptimiser,
  withSurrogate,
  type Draft
} from '../../src-renderer/state/draft'
import { activationDraft, activationParameters } from '../../src-renderer/state/function-draft'
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
    const unswept: Draft = { ...draftFromExperiment(smooth), sweepParameter: '' }
    const { experiment, problems } = checkDraft(withActivation(unswept, 'sign'))
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

  it.each([
    { kind: 'adam', batchSize: 5, beta1: 0.8 },
    { kind: 'momentum', nesterov: true, beta: 0.5 }
  ])('keeps how networks are trained and recorded: $kind', (optimiser) => {
    const experiment = experimentSchema.parse({
      ...quickExperiment,
      optimiser,
      recordSpacing: 'linear',
      empiricalKernels: { at: 'recorded', members: 3, standIn: { name: 'erf', m: 20 } }
    })
    expect(checkDraft(draftFromExperiment(experiment)).experiment).toEqual(experiment)
  })

  it('keeps what layers have of their own', () => {
    const experiment = experimentSchema.parse({
      ...quickExperiment,
      design: {
        ...quickExperiment.design,
        depthHidden: 2,
        parametrisation: 'standard',
        layers: [
          { sigmaW: 1.5, activation: { name: 'erf', m: 3, theta: 0.1 } },
          {},
          { sigmaB: 0.25 }
        ]
      }
    })
    const kept = draftFromExperiment(experiment)
    expect(checkDraft(kept).experiment).toEqual(experiment)
    const deeper = checkDraft(withDepth(kept, '3')).experiment!.design.layers
    expect(deeper).toEqual([...experiment.design.layers!.slice(0, 2), {}, { sigmaB: 0.25 }])
    expect(withDepth(kept, '')).toEqual({ ...kept, depthHidden: '' })
  })

  it.each(['gd', 'sgd', 'momentum', 'adam'] as const)('states an optimiser of kind %s', (kind) => {
    const { experiment, problems } = checkDraft(withOptimiser(draft, kind))
    expect([...problems]).toEqual([])
    expect(experiment!.optimiser.kind).toBe(kind)
  })

  it('says where optimiser and loss do not suit the data', () => {
    const sgd = withOptimiser(draft, 'sgd')
    const tooMany = { ...sgd, optimiser: { ...sgd.optimiser, batchSize: '16' } }
    expect(problemsOf(tooMany)['optimiser.batchSize']).toMatch(/use at most 15/)
    expect(problemsOf({ loss: 'crossEntropy' })['loss']).toMatch(/an output per class/)
    expect(
      problemsOf({ empiricalKernels: { at: 'ends', members: '4', standIn: '' } })
    ).toHaveProperty(['empiricalKernels.standIn'])
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
    expect(withActivation(draft, 'identity').activation.parameters).toEqual({})
  })

  it('keeps a formula as a text, and says what is wrong in it', () => {
    const { surrogate } = withSurrogate(draft, 'expression')
    expect(surrogate?.parameters['formula']).toBe('exp(-z^2)')
    const typed = (formula: string) =>
      checkDraft({
        ...draft,
        surrogate: { name: 'expression', parameters: { ...surrogate?.parameters, formula } }
      })
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
    expect(activationDraft('erf', { theta: '0.5', slope: '2' })).toEqual({
      name: 'erf',
      parameters: { m: '1', theta: '0.5' }
    })
    const steep: Draft = {
      ...draft,
      surrogate: { name: 'erf_prime', parameters: { m: '3', amp: '2' } }
    }
    expect(withSurrogate(steep, 'ste').surrogate?.parameters).toEqual({ amp: '2', theta: '0' })
    expect(withSurrogate(steep, '').surrogate).toBeNull()
  })
})
