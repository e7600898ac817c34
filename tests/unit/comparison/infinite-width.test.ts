import { expect, test } from 'vitest'
import { infiniteWidth } from '@shared/comparison/infinite-width'
import { fillStandardNormal, streamPurpose } from '@shared/random/stream'

test('a straight line in 1/width is taken to its intercept', () => {
  const at = (width: number) => ({ width, value: 2 - 7 / width, standardError: 0.1 / width })
  expect(infiniteWidth([50, 100, 400].map(at))?.value).toBeCloseTo(2, 10)
})

test('its standard error is the scatter of the intercept over repetitions', () => {
  const widths = [32, 64, 256]
  const errors = [0.3, 0.1, 0.2]
  const draws = new Float64Array(3 * 4000)
  fillStandardNormal({ seed: 4, purpose: streamPurpose.bootstrap }, draws)
  const scores = Array.from({ length: 4000 }, (_, repetition) => {
    const fit = infiniteWidth(
      widths.map((width, i) => {
        const standardError = errors[i] ?? NaN
        const value = 1 + 5 / width + standardError * (draws[3 * repetition + i] ?? NaN)
        return { width, value, standardError }
      })
    )
    return fit ? (fit.value - 1) / fit.standardError : NaN
  })
  const meanSquare = scores.reduce((total, z) => total + z * z, 0) / scores.length
  // The mean of 4000 squares of standard normal numbers: 1 with standard error √(2/4000).
  expect(Math.abs(meanSquare - 1)).toBeLessThan(3 * Math.sqrt(2 / 4000))
})

test('one width says nothing of others', () => {
  expect(infiniteWidth([{ width: 10, value: 1, standardError: 1 }])).toBeNull()
  const same = { width: 10, value: 1, standardError: 1 }
  expect(infiniteWidth([same, same])).toBeNull()
})
