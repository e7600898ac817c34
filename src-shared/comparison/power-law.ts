import studentQuantile from '@stdlib/stats-base-dists-t-quantile'
import type { PowerLaw } from '../protocol/comparison'
import { fillWords, streamPurpose } from '../random/stream'
import { quantile } from './ensemble-statistics'

/**
 * Fits value = prefactor · width^(−exponent) by least squares in logarithms.
 *
 * The interval is Student's, from the scatter around the line; null for fewer than three values.
 * Values that are not above zero have no logarithm and are left out.
 *
 * @returns null where fewer than two different widths have a value
 */
export function fitPowerLaw(
  points: readonly { readonly width: number; readonly value: number }[]
): PowerLaw | null {
  const usable = points.filter(({ value }) => value > 0 && Number.isFinite(value))
  const x = usable.map(({ width }) => Math.log(width))
  const y = usable.map(({ value }) => Math.log(value))
  const [meanX, meanY] = [average(x), average(y)]
  const spread = x.reduce((total, value) => total + (value - meanX) ** 2, 0)
  if (!(spread > 0)) return null
  const slope =
    x.reduce((total, value, i) => total + (value - meanX) * ((y[i] ?? NaN) - meanY), 0) / spread
  const residuals = y.map((value, i) => value - meanY - slope * ((x[i] ?? NaN) - meanX))
  const degrees = x.length - 2
  const error = Math.sqrt(
    residuals.reduce((total, value) => total + value * value, 0) / degrees / spread
  )
  const reach = degrees > 0 ? studentQuantile(0.975, degrees) * error : NaN
  return {
    exponent: -slope,
    prefactor: Math.exp(meanY - slope * meanX),
    exponentInterval: degrees > 0 ? [-slope - reach, -slope + reach] : null
  }
}

/** What a power law is fitted to at one width: a statistic of some of its networks. */
export interface ResampledGroup {
  readonly width: number
  /** Networks at this width. */
  readonly size: number
  /** The statistic of these networks, some of them more than once. */
  readonly statistic: (members: readonly number[]) => number
}

/**
 * Fits a power law to a statistic of whole ensembles, with a bootstrap interval: networks are drawn
 * with replacement at every width, and the fit repeated. For statistics such as the error of the mean
 * kernel, of which there is one value a width.
 *
 * @param seed the interval is the same for the same seed
 */
export function bootstrapPowerLaw(
  groups: readonly ResampledGroup[],
  seed: number,
  resamples = 1000
): PowerLaw | null {
  const fit = fitPowerLaw(
    groups.map(({ width, size, statistic }) => ({
      width,
      value: statistic(Array.from({ length: size }, (_, i) => i))
    }))
  )
  if (!fit || groups.some(({ size }) => size < 2)) return fit && { ...fit, exponentInterval: null }
  const exponents: number[] = []
  for (let resample = 0; resample < resamples; resample++) {
    const drawn = groups.map(({ width, size, statistic }, group) => {
      const words = new Uint32Array(size)
      const address = { seed, purpose: streamPurpose.bootstrap, member: resample, layer: group }
      fillWords(address, words)
      const members = Array.from(words, (word) => Math.floor((word * size) / 2 ** 32))
      return { width, value: statistic(members) }
    })
    const refit = fitPowerLaw(drawn)
    if (refit) exponents.push(refit.exponent)
  }
  return {
    ...fit,
    exponentInterval: [quantile(exponents, 0.025), quantile(exponents, 0.975)]
  }
}

function average(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}
