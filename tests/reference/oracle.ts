import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { activationSchema } from '@shared/design/activation'
import { networkDesignSchema, type NetworkDesign } from '@shared/design/network'
import { surrogateSchema, type Surrogate } from '@shared/design/surrogate'

/** A matrix as the reference files write it: "inf" and "nan" are strings. */
export type ReferenceRows = (number | string)[][]

interface ReferenceParameters {
  activation: { name: string; m?: number; theta?: number }
  surrogate?: { name: string; m?: number; theta?: number } | null
  depth_hidden: number
  sigma_w: number
  sigma_b: number
}

export interface ReferenceCase {
  id: string
  params: ReferenceParameters
  X: number[][]
  nngp: ReferenceRows
  ntk: ReferenceRows
  I: ReferenceRows
}

/** All reference cases of a folder of tests/reference/oracle (its README gives the formats). */
export function referenceCases<Case = ReferenceCase>(folder: string): Case[] {
  const path = join(import.meta.dirname, 'oracle', folder)
  return readdirSync(path)
    .sort()
    .map((name) => JSON.parse(readFileSync(join(path, name), 'utf8')) as Case)
}

/** The design that a reference case states. */
export function referenceDesign(params: ReferenceParameters): NetworkDesign {
  return networkDesignSchema.parse({
    depthHidden: params.depth_hidden,
    activation: activationSchema.parse(params.activation),
    sigmaW: params.sigma_w,
    sigmaB: params.sigma_b
  })
}

/** The surrogate that a case states, null where it trains with the true derivative. */
export function referenceSurrogate({
  surrogate
}: Pick<ReferenceParameters, 'surrogate'>): Surrogate | null {
  return surrogate ? surrogateSchema.parse(surrogate) : null
}

/** A reference matrix as numbers, row-major. */
export function referenceValues(rows: ReferenceRows): number[] {
  const special: Record<string, number> = { inf: Infinity, '-inf': -Infinity, nan: NaN }
  return rows.flat().map((value) => (typeof value === 'string' ? (special[value] ?? NaN) : value))
}

/** The largest |got − wanted| / max(|wanted|, floor); infinities must be equal. */
export function largestRelativeError(
  got: ArrayLike<number>,
  wanted: readonly number[],
  floor = 1e-3
): number {
  if (got.length !== wanted.length) return Infinity
  return wanted.reduce((worst, value, i) => {
    const found = got[i] ?? NaN
    if (found === value) return worst
    const error = Math.abs(found - value) / Math.max(Math.abs(value), floor)
    return Number.isNaN(error) ? Infinity : Math.max(worst, error)
  }, 0)
}
