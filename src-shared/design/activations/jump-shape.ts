import type { ActivationShape } from '../activation-math'

/** How a step varies that is `value` left of θ and jumps there. */
export function jumpShape(theta: number, value: number, jump: number): ActivationShape {
  const pieces = { value, slope: 0, breaks: [{ at: theta, jump, kink: 0 }] }
  return {
    breaks: [theta],
    scale: Infinity,
    pieces,
    slope: { area: jump, at: theta, smoothing: 0 }
  }
}
