import type { Activation } from '@shared/design/activation'
import type { Surrogate } from '@shared/design/surrogate'
import type { RunDetail } from '@shared/protocol/results'

/**
 * One line that says how a figure came about.
 *
 * @param width of the one ensemble that it shows; left out for all of the run
 */
export function runProvenance(run: RunDetail, width?: number): string {
  const { design, surrogate, ensembleSize, seed, widths } = run.experiment
  const kappa = design.outputScale === 1 ? '' : `, κ = ${design.outputScale}`
  return [
    `Tangent Lab ${run.environment?.appVersion ?? ''}`.trim(),
    `φ = ${parameterised(design.activation)}, ψ = ${surrogate ? parameterised(surrogate) : 'φ′'}`,
    `L = ${design.depthHidden}, σ_w = ${design.sigmaW}, σ_b = ${design.sigmaB}${kappa}`,
    `${width === undefined ? `widths ${widths.join(', ')}` : `width ${width}`}, ${ensembleSize} networks, seed ${seed}`,
    ...(run.environment ? [run.environment.gpu ? 'GPU' : 'CPU'] : [])
  ].join(' · ')
}

/** Parameters that go without saying. */
const defaults: Readonly<Record<string, number>> = { theta: 0, amp: 1 }

/** A function with its parameters, such as "erf(m = 2)". */
export function parameterised({ name, ...parameters }: Activation | Surrogate): string {
  const shown = Object.entries(parameters)
    .filter(([key, value]) => value !== defaults[key])
    .map(([key, value]) => `${key === 'theta' ? 'θ' : key} = ${String(value)}`)
  return shown.length === 0 ? name : `${name}(${shown.join(', ')})`
}
