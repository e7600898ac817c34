import type { Matrix } from '@shared/design/dataset'
import { fillStandardNormal, streamPurpose } from '@shared/random/stream'

/** A Gaussian process on the circle with waves of falling amplitude. */
export class GaussianFunctions {
  private readonly features: Float64Array[]

  /** @param decay amplitude of wave k is decay^k: 0 is a constant function, 1 nearly white noise */
  constructor(
    readonly points: number,
    decay: number,
    waves: number
  ) {
    this.features = Array.from({ length: 2 * waves + 1 }, (_, feature) => {
      const k = Math.ceil(feature / 2)
      return Float64Array.from({ length: points }, (_point, i) => {
        const phase = (2 * Math.PI * k * i) / points
        return decay ** k * (feature % 2 === 0 ? Math.cos(phase) : Math.sin(phase))
      })
    })
  }

  /** P×P. */
  covariance(): Matrix {
    const { points, features } = this
    const values = Float64Array.from({ length: points * points }, (_, at) =>
      features.reduce((sum, f) => sum + f[Math.floor(at / points)]! * f[at % points]!, 0)
    )
    return { values, rows: points, columns: points }
  }

  /** `size` functions, the same for the same seed: size × points. */
  draw(size: number, seed: number): Float64Array {
    const { points, features } = this
    const normals = new Float32Array(size * features.length)
    fillStandardNormal({ seed, purpose: streamPurpose.weights }, normals)
    const values = new Float64Array(size * points)
    for (let member = 0; member < size; member++) {
      features.forEach((feature, f) => {
        const amplitude = normals[member * features.length + f]!
        for (let i = 0; i < points; i++) values[member * points + i]! += amplitude * feature[i]!
      })
    }
    return values
  }
}
