import type { KernelError, PowerLaw } from '../protocol/comparison'
import { bootstrapPowerLaw, fitPowerLaw } from './power-law'

/** The kernels of an ensemble at one width. */
export interface EnsembleKernels {
  readonly width: number
  /** Members × entries of the kernel. */
  readonly kernels: Float32Array | Float64Array
}

/**
 * Products between the deviations of networks' kernels from the analytic one, over its squared norm:
 * G_ab = ⟨K_a − K, K_b − K⟩/‖K‖². All errors follow from them.
 */
function deviationProducts(
  kernels: Float32Array | Float64Array,
  reference: Float64Array
): Float64Array[] {
  const entries = reference.length
  const norm = reference.reduce((total, value) => total + value * value, 0)
  const deviations = Array.from({ length: kernels.length / entries }, (_, member) =>
    reference.map((value, i) => (kernels[member * entries + i] ?? NaN) - value)
  )
  return deviations.map((a) =>
    Float64Array.from(deviations, (b) => {
      let total = 0
      for (let i = 0; i < entries; i++) total += (a[i] ?? NaN) * (b[i] ?? NaN)
      return total / norm
    })
  )
}

/**
 * How far the kernels of finite networks are from the analytic one.
 *
 * The error of the mean contains the scatter of single networks over n; the error of the expected
 * kernel is estimated from products of different networks alone, which have no such part.
 */
export function kernelError(
  { width, kernels }: EnsembleKernels,
  reference: Float64Array
): KernelError {
  const products = deviationProducts(kernels, reference)
  const size = products.length
  const members = products.map((_, i) => i)
  let different = 0
  products.forEach((row, a) => {
    row.forEach((value, b) => {
      if (a !== b) different += value
    })
  })
  return {
    width,
    perNetwork: products.map((row, i) => Math.sqrt(row[i] ?? NaN)),
    ofMean: errorOfMean(products, members),
    ofExpectation: size < 2 ? null : Math.sqrt(Math.max(0, different / (size * (size - 1))))
  }
}

/** How kernel errors fall with width: of single networks, and of the mean over networks. */
export interface KernelErrorScaling {
  readonly perNetwork: PowerLaw | null
  readonly ofMean: PowerLaw | null
}

/**
 * Power laws of kernel error against width. For single networks Student's interval from all of them
 * (theory: exponent ½), for the mean a bootstrap over networks.
 */
export function kernelErrorScaling(
  ensembles: readonly EnsembleKernels[],
  reference: Float64Array,
  seed: number
): KernelErrorScaling {
  const groups = ensembles.map(({ width, kernels }) => ({
    width,
    products: deviationProducts(kernels, reference)
  }))
  return {
    perNetwork: fitPowerLaw(
      groups.flatMap(({ width, products }) =>
        products.map((row, i) => ({ width, value: Math.sqrt(row[i] ?? NaN) }))
      )
    ),
    ofMean: bootstrapPowerLaw(
      groups.map(({ width, products }) => ({
        width,
        size: products.length,
        statistic: (members) => errorOfMean(products, members)
      })),
      seed
    )
  }
}

function errorOfMean(products: readonly Float64Array[], members: readonly number[]): number {
  let total = 0
  for (const a of members) {
    const row = products[a]
    for (const b of members) total += row?.[b] ?? NaN
  }
  return Math.sqrt(Math.max(0, total)) / members.length
}
