import { LabError } from '../protocol/errors'
import { activationDefinition, type Activation } from './activation'
import { surrogateMath, surrogateSchema, type Surrogate } from './surrogate'

/** A surrogate derivative as a library names it, with that library's defaults. */
export interface SurrogatePreset {
  readonly id: string
  readonly library: 'snnTorch' | 'Norse' | 'SpikingJelly' | 'lava-dl' | 'SLAYER'
  readonly title: string
  readonly surrogate: Surrogate
  /** What its name or documentation would not let one expect; null where it is as it says. */
  readonly trap: string | null
}

const docstring = 'The library writes the input as the centred membrane potential U − U_thr.'

/** Surrogates of the ecosystem as implemented: code wins where documentation differs. */
export const surrogatePresets: readonly SurrogatePreset[] = [
  preset('snnTorch', 'fast_sigmoid', 'slope 25', { name: 'fast_sigmoid', beta: 25 }),
  preset(
    'snnTorch',
    'atan',
    'alpha 2',
    { name: 'arctan', kappa: Math.PI, amp: 1 },
    'The docstring leaves out the factor alpha/2 and has 1/π instead; this is the code.'
  ),
  preset(
    'snnTorch',
    'sigmoid',
    'slope 25',
    { name: 'logistic_prime', beta: 25 },
    'Releases before the fix overflow to NaN in float32 for U below about −3.5; here it does not.'
  ),
  preset(
    'snnTorch',
    'straight_through_estimator',
    '',
    { name: 'ste' },
    'Its area is infinite: no learning rate compares it with a matched surrogate.'
  ),
  preset(
    'snnTorch',
    'LSO',
    'slope 0.1',
    { name: 'leaky', slope: 0.1 },
    'Releases before the fix call the stochastic operator SSO instead of this one.'
  ),
  preset(
    'snnTorch',
    'spike_rate_escape',
    'beta 1, slope 25',
    { name: 'exponential', alpha: 25, beta: 1, theta: 1 },
    `${docstring} Its peak is at U − U_thr = 1, not at the threshold, and its area is 50.`
  ),
  preset(
    'snnTorch',
    'SFS',
    'slope 25, B 1',
    { name: 'expression', formula: 'heaviside(z - 1) / (1 + 25*abs(z))^2' },
    'It is 0 up to U − U_thr = B, so at the threshold itself nothing is learned.'
  ),
  preset(
    'snnTorch',
    'triangular',
    'threshold 1',
    { name: 'expression', formula: '-sign(z)' },
    'No triangle: the threshold below it and minus the threshold above.'
  ),
  preset('Norse', 'super', 'alpha 100', { name: 'fast_sigmoid', beta: 100 }),
  preset(
    'Norse',
    'heavi_erfc',
    'k 100',
    { name: 'erf_prime', m: 100, amp: 0.01 },
    'The factor k of the derivative is missing, so its area is 2/k; k has no default of its own, 100 is the neurons’ alpha.'
  ),
  preset(
    'Norse',
    'tanh',
    'k 100',
    { name: 'tanh_prime', beta: 100 },
    'The factor k of the derivative is missing, so its area is 2/k.'
  ),
  preset(
    'Norse',
    'circ',
    'alpha 100',
    { name: 'circ', alpha: 100 },
    'alpha is a width here, unlike in super: at 100 it is nearly constant, with area 200.'
  ),
  preset(
    'Norse',
    'triangle',
    'alpha 0.3',
    { name: 'triangular', a: 1, amp: 0.3 },
    'alpha is the height; the half width is 1 whatever it is.'
  ),
  preset('SpikingJelly', 'Sigmoid', 'alpha 4', { name: 'logistic_prime', beta: 4 }),
  preset('SpikingJelly', 'Erf', 'alpha 2', { name: 'erf_prime', m: 2, amp: 0.5 }),
  preset('SpikingJelly', 'ATan', 'alpha 2', { name: 'arctan', kappa: Math.PI, amp: 1 }),
  preset('SpikingJelly', 'SoftSign', 'alpha 2', { name: 'fast_sigmoid', beta: 2, amp: 1 }),
  preset(
    'SpikingJelly',
    'SuperSpike',
    'alpha 1',
    { name: 'super_spike', alpha: 1 },
    'alpha is the height, not the slope that snnTorch and Norse mean.'
  ),
  preset('SpikingJelly', 'PiecewiseExp', 'alpha 1', { name: 'exponential', alpha: 0.5, beta: 1 }),
  preset('SpikingJelly', 'PiecewiseQuadratic', 'alpha 1', { name: 'triangular', a: 1 }),
  preset('SpikingJelly', 'Rect', 'alpha 1', { name: 'boxcar', a: 0.5, amp: 1 }),
  preset(
    'SpikingJelly',
    'NonzeroSignLogAbs',
    'alpha 1',
    { name: 'log_abs', alpha: 1 },
    'Its area is infinite.'
  ),
  preset(
    'SpikingJelly',
    'PiecewiseLeakyReLU',
    'w 1, c 0.01',
    { name: 'expression', formula: '0.01 + 0.49*heaviside(1 - abs(z))' },
    'Its area is infinite for every c above 0.'
  ),
  preset(
    'SpikingJelly',
    'S2NN',
    'alpha 4, beta 1',
    {
      name: 'expression',
      formula: 'heaviside(-z)*(1 - tanh(2*z)^2) + heaviside(z)/(relu(z) + 1)'
    },
    'Its area is infinite.'
  ),
  preset(
    'SpikingJelly',
    'SquarewaveFourierSeries',
    'n 2, T 8',
    { name: 'expression', formula: '0.5*cos(pi*z/4)' },
    'n terms are asked for, n − 1 are summed; it goes on for ever and is negative in places.'
  ),
  preset(
    'SpikingJelly',
    'FakeNumericalGradient',
    'alpha 0.3',
    { name: 'expression', formula: '1 / max(abs(z), 1/0.3)' },
    'alpha is the height; its area is infinite.'
  ),
  preset('SpikingJelly', 'QPseudoSpike', 'alpha 2', { name: 'q_pseudo_spike', alpha: 2 }),
  preset('SpikingJelly', 'DeterministicPass', '', { name: 'ste' }, 'Its area is infinite.'),
  preset(
    'SpikingJelly',
    'LeakyKReLU',
    'leak 0, k 1',
    { name: 'leaky', slope: 0, amp: 1 },
    'Its area is infinite.'
  ),
  preset(
    'SpikingJelly',
    'LogTailedReLU',
    'alpha 0',
    { name: 'log_tailed', alpha: 0 },
    'Its area is infinite; it is 0 below the threshold.'
  ),
  preset('lava-dl', 'slayer', 'tau_grad 1, scale_grad 1, threshold 1', {
    name: 'exponential',
    alpha: 0.5,
    beta: 1
  }),
  preset(
    'SLAYER',
    'slayerPytorch',
    'tauRho 1, scaleRho 1, threshold 1',
    { name: 'exponential', alpha: 1, beta: 1 },
    'Twice lava-dl’s surrogate of the same name: area 2.'
  )
]

function preset(
  library: SurrogatePreset['library'],
  name: string,
  parameters: string,
  stated: { readonly name: Surrogate['name'] } & Readonly<Record<string, number | string>>,
  trap: string | null = null
): SurrogatePreset {
  return {
    id: `${library}-${name}`.toLowerCase().replaceAll('_', '-'),
    library,
    title: `${library} ${name}${parameters && ` (${parameters})`}`,
    surrogate: surrogateSchema.parse(stated),
    trap
  }
}

/**
 * The surrogate with its height chosen so that its area is the activation's jump: 2 for sign, 1 for
 * Heaviside. Equal learning rates then mean comparable steps.
 *
 * @throws LabError for activations without a jump and for surrogates of infinite area
 */
export function matchedToJump(surrogate: Surrogate, activation: Activation): Surrogate {
  const jump = { sign: 2, heaviside: 1 }[activation.name as string]
  if (jump === undefined) {
    const { title } = activationDefinition(activation.name)
    throw new LabError('invalid-request', `${title} has no jump: match areas to sign or Heaviside`)
  }
  const { area } = surrogateMath(surrogate)
  if (!(area > 0 && area < Infinity)) {
    throw new LabError(
      'invalid-request',
      `surrogate ${surrogate.name} has area ${area}, which no height matches to a jump of ${jump}: ` +
        'choose a surrogate of finite area'
    )
  }
  const factor = jump / area
  return 'amp' in surrogate
    ? { ...surrogate, amp: factor * surrogate.amp }
    : { ...surrogate, alpha: factor * surrogate.alpha }
}
