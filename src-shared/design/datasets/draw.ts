import { z } from 'zod'
import { fillStandardNormal, fillUniform, streamPurpose } from '../../random/stream'
import { columnMatrix, type Matrix } from '../matrix'

/** Kernels of more points would not fit into memory. */
export const MAXIMUM_POINTS = 5000

export const pointCount = z.int().min(1).max(MAXIMUM_POINTS)
export const dataSeed = z.int().min(0).max(0xffffffff).default(0)
export const noiseDeviation = z
  .number({ error: 'noise must be a number' })
  .min(0, 'noise must not be negative')
  .default(0)

/** Parameters of every generator that draws its points. */
export const drawnPoints = { trainCount: pointCount, testCount: pointCount, seed: dataSeed }

/** Which points a stream is for: training and test points are drawn independently. */
export type Part = 'train' | 'test'
const partIndex = { train: 0, test: 1 } as const

/**
 * Uniform numbers in (0, 1) of which points are made; the first ones do not depend on how many are
 * drawn.
 */
export function uniformPoints(seed: number, part: Part, count: number): Float64Array {
  const out = new Float64Array(count)
  fillUniform({ seed, purpose: streamPurpose.dataPoints, member: partIndex[part] }, out)
  return out
}

/** Standard normal numbers of which points are made. */
export function normalPoints(seed: number, part: Part, count: number): Float64Array {
  const out = new Float64Array(count)
  fillStandardNormal({ seed, purpose: streamPurpose.dataPoints, member: partIndex[part] }, out)
  return out
}

/** Standard normal numbers of which a target function is made, the same for all its points. */
export function normalTarget(seed: number, layer: number, count: number): Float64Array {
  const out = new Float64Array(count)
  fillStandardNormal({ seed, purpose: streamPurpose.dataTarget, layer }, out)
  return out
}

/** Standard normal numbers that displace points or their targets. */
export function normalNoise(seed: number, part: Part, count: number): Float64Array {
  const out = new Float64Array(count)
  fillStandardNormal({ seed, purpose: streamPurpose.dataNoise, member: partIndex[part] }, out)
  return out
}

/** Training targets with independent N(0, noise²) added; without noise exactly the given ones. */
export function noisyTargets(values: Float64Array, noise: number, seed: number): Matrix {
  if (noise === 0) return columnMatrix(values)
  const draws = normalNoise(seed, 'train', values.length)
  return columnMatrix(values.map((value, i) => value + noise * (draws[i] ?? NaN)))
}
