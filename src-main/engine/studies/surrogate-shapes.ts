import type { z } from 'zod'
import { surrogateMath, surrogateSchema, type Surrogate } from '@shared/design/surrogate'

/** Even surrogate derivatives of finite area, each with a scale that can be chosen freely. */
const shapes = {
  'erf′': (scale) => ({ name: 'erf_prime', m: 1 / scale }),
  boxcar: (scale) => ({ name: 'boxcar', a: scale }),
  triangular: (scale) => ({ name: 'triangular', a: scale }),
  'logistic′': (scale) => ({ name: 'logistic_prime', beta: 1 / scale }),
  exponential: (scale) => ({ name: 'exponential', alpha: 1, beta: 1 / scale }),
  circ: (scale) => ({ name: 'circ', alpha: scale }),
  arctan: (scale) => ({ name: 'arctan', kappa: 1 / scale }),
  'fast sigmoid': (scale) => ({ name: 'fast_sigmoid', beta: 1 / scale })
} satisfies Record<string, (scale: number) => z.input<typeof surrogateSchema>>

/** How a surrogate falls far from 0, from none at all to the heaviest tail. */
export const shapeNames = Object.keys(shapes) as (keyof typeof shapes)[]
export type ShapeName = keyof typeof shapes

/**
 * The surrogate of one shape with this area and this value at 0; both together fix its scale and height.
 *
 * @param height ψ(0)
 */
export function shaped(name: ShapeName, area: number, height: number): Surrogate {
  const unit = surrogateSchema.parse(shapes[name](1))
  const { area: unitArea, valueAtZero } = surrogateMath(unit)
  const scale = (area / height) * (valueAtZero / unitArea)
  const scaled = surrogateSchema.parse(shapes[name](scale))
  const factor = height / surrogateMath(scaled).valueAtZero
  return scaled.name === 'exponential'
    ? { ...scaled, alpha: factor * scaled.alpha }
    : surrogateSchema.parse({ ...scaled, amp: factor })
}
