/**
 * On which of two kernels a network's kernel lies: 1 at `right`, −1 at `wrong`, 0 half way, along the
 * straight line through both.
 */
export function orientation(
  kernel: Float32Array | Float64Array,
  right: Float64Array,
  wrong: Float64Array
): number {
  let [along, squared] = [0, 0]
  right.forEach((value, i) => {
    const other = wrong[i] ?? NaN
    const difference = value - other
    along += ((kernel[i] ?? NaN) - (value + other) / 2) * difference
    squared += difference * difference
  })
  return (2 * along) / squared
}
